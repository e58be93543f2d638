import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

export const emptyServerName: ObjectRule = {
  id: 'cilium/EmptyServerName',
  severity: 'error',
  what: 'A server name is empty.',
  why: 'The agent drops the whole policy; before Cilium 1.18 the API server takes it.',
  mend: 'Write the host name that clients ask for, or leave serverNames out.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-tls-server-name-indication-sni',
  bad: `
# target: { cilium: '1.17' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEntities: [world]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }], serverNames: [""] }]
`,
  good: `
# target: { cilium: '1.17' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEntities: [world]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }], serverNames: [api.example.com] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { item, fields, pointer } of readPolicy(object).portRules) {
      const index = item.deny ? -1 : asList(fields.serverNames).indexOf('');
      if (index >= 0) report({ object, pointer: `${pointer}/serverNames/${index}`, found: 'an empty server name' });
    }
  },
};
