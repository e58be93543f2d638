import { DIRECTIONS, readNetworkPolicy } from './read-network-policy';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

export const rulesWithoutType: ObjectRule = {
  id: 'network/RulesWithoutType',
  severity: 'warning',
  what: 'A NetworkPolicy has rules for a direction that its policyTypes leave out.',
  why: 'To Kubernetes the rules say nothing: that direction is not isolated, and everything stays open. Cilium isolates it all the same, so that the policy means something else on each.',
  mend: 'Add the direction to policyTypes, or drop the rules.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  ingress: [{ from: [{ podSelector: {} }] }]
  egress: [{}]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ podSelector: {} }] }]
  egress: [{}]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    const policy = readNetworkPolicy(object);
    if (!policy) return;
    for (const direction of DIRECTIONS) {
      const count = asList(policy.spec[direction]).length;
      if (count > 0 && !policy.isolates[direction]) {
        report({
          object,
          pointer: `/spec/${direction}`,
          found: `${count} ${direction} rule${count === 1 ? '' : 's'}, and policyTypes without ${direction === 'ingress' ? 'Ingress' : 'Egress'}`,
        });
      }
    }
  },
};
