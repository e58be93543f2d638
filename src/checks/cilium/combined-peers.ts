import { agentValidates, CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

export const combinedPeers: ObjectRule = {
  id: 'cilium/CombinedPeers',
  severity: 'error',
  what: 'One item names peers in two ways, such as fromEndpoints and fromEntities.',
  why: 'The agent does not support the combination and drops the whole policy.',
  mend: 'Write an item for each, with the ports in both.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-3-examples',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
      fromEntities: [host]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
    - fromEntities: [host]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    for (const item of readPolicy(object).items) {
      const used = item.peers.filter(({ entries }) => entries.length > 0).map(({ field }) => field);
      if (used.length > 1 && agentValidates(item, context)) report({ object, pointer: item.pointer, found: `${used.join(' and ')} in one item` });
    }
  },
};
