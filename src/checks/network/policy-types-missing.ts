import { readNetworkPolicy } from './read-network-policy';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

export const policyTypesMissing: ObjectRule = {
  id: 'network/PolicyTypesMissing',
  severity: 'info',
  what: 'A NetworkPolicy does not say which directions it isolates.',
  why: 'Ingress is isolated even where only egress is meant, and `egress: []` isolates nothing.',
  mend: 'Write policyTypes.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {} }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    const policy = readNetworkPolicy(object);
    if (!policy || asList(policy.spec.policyTypes).length > 0) return;
    const directions = policy.isolates.egress ? 'ingress and egress' : 'ingress only';
    report({ object, pointer: '/spec', found: `no policyTypes, which isolates ${directions}` });
  },
};
