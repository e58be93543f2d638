import { readNetworkPolicy } from '../network/read-network-policy';
import type { ObjectRule } from '../rule';

const FIELDS = ['podSelector', 'namespaceSelector', 'ipBlock'];

export const invalidPeer: ObjectRule = {
  id: 'kubernetes/InvalidPeer',
  severity: 'error',
  what: 'A peer of a NetworkPolicy names nobody, or an ipBlock together with a selector.',
  why: 'The API server refuses the policy.',
  mend: 'Write selectors or an ipBlock, each ipBlock as a peer of its own; for anyone, leave the whole list of peers out.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicyPeer',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{}] }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: 192.0.2.0/24 } }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    for (const { peers } of readNetworkPolicy(object)?.rules ?? []) {
      for (const { pointer, fields } of peers) {
        const given = FIELDS.filter(field => fields[field] !== undefined && fields[field] !== null);
        // A field that is none of the three is a matter of the schema, and its owner sees the misspelling there.
        if (given.length === 0 && Object.keys(fields).every(field => fields[field] === null)) {
          report({
            object,
            pointer,
            found: 'a peer that names nobody',
          });
        }
        if (given.length > 1 && given.includes('ipBlock')) report({ object, pointer, found: `an ipBlock together with ${given[0]}` });
      }
    }
  },
};
