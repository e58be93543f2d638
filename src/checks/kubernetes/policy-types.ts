import { isTemplate, show } from './text';
import { readNetworkPolicy } from '../network/read-network-policy';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

export const policyTypes: ObjectRule = {
  id: 'kubernetes/PolicyTypes',
  severity: 'error',
  what: 'A NetworkPolicy has a policy type other than Ingress and Egress, or more than two.',
  why: 'The API server refuses the policy.',
  mend: 'Write Ingress, Egress or both, spelled exactly so.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [ingress] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Ingress] }
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    const types = asList(readNetworkPolicy(object)?.spec.policyTypes);
    for (const [index, type] of types.entries()) {
      if (typeof type !== 'string' || isTemplate(type) || type === 'Ingress' || type === 'Egress') continue;
      report({ object, pointer: `/spec/policyTypes/${index}`, found: `the policy type ${show(type)}` });
    }
    if (types.length > 2) report({ object, pointer: '/spec/policyTypes', found: `${types.length} policy types` });
  },
};
