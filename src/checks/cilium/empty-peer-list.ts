import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

export const emptyPeerList: ObjectRule = {
  id: 'cilium/EmptyPeerList',
  severity: 'warning',
  what: 'A list of peers is empty.',
  why: 'An empty list is nobody, whatever the ports; an empty toFQDNs is no peer at all, so the ports are open to everyone.',
  mend: 'Name the peers; for all pods of the namespace write an empty selector (`[{}]`), for everyone the entity `all`.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-3-examples',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEndpoints: [], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { peers, portRules, fields } of readPolicy(object).items) {
      const isOpened = portRules.length > 0 || asList(fields.icmps).length > 0;
      for (const { field, entries, pointer } of peers) {
        if (entries.length > 0) continue;
        const effect = field === 'toFQDNs' && isOpened ? 'which leaves the ports open to everyone' : 'which is nobody';
        report({ object, pointer, found: `${field}: [], ${effect}` });
      }
    }
  },
};
