import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { isTemplate } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const portRangeIgnored: ObjectRule = {
  id: 'cilium/PortRangeIgnored',
  severity: 'warning',
  what: 'An endPort lies below its port, or beside the name of a port.',
  why: 'The agent takes it and makes no range of it: only the first port counts, if any.',
  mend: 'Write the lower number as port and the higher as endPort.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-ingress-egress-ports',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "9000", endPort: 8000, protocol: TCP }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "8000", endPort: 9000, protocol: TCP }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { ports } of readPolicy(object).portRules) {
      for (const { port, endPort, pointer } of ports) {
        // An endPort of 0 is none.
        if (endPort <= 0 || port === '' || isTemplate(port) || endPort >= Number(port)) continue;
        report({ object, pointer: `${pointer}/endPort`, found: `ports ${port} to ${endPort}` });
      }
    }
  },
};
