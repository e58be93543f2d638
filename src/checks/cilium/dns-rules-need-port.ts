import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

export const dnsRulesNeedPort: ObjectRule = {
  id: 'cilium/DnsRulesNeedPort',
  severity: 'error',
  what: 'DNS rules stand without a port, or with a range of ports.',
  why: 'The agent wants single ports to redirect to its DNS proxy and drops the whole policy.',
  mend: 'List the ports of the resolver one by one: 53, and what it listens on if that differs.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#dns-policy-and-ip-discovery',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: dns, namespace: shop }
spec:
  endpointSelector: {}
  egress:
    - toPorts: [{ ports: [], rules: { dns: [{ matchPattern: "*" }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: dns, namespace: shop }
spec:
  endpointSelector: {}
  egress:
    - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { item, dns, ports, fields, pointer } of readPolicy(object).portRules) {
      if (dns.length === 0 || item.deny) continue;
      const hasNoPorts = fields.ports === undefined || fields.ports === null || (Array.isArray(fields.ports) && fields.ports.length === 0);
      if (hasNoPorts) report({ object, pointer, found: 'DNS rules without a port' });
      const range = ports.find(({ port, endPort }) => endPort > Number(port));
      if (range) report({ object, pointer: `${range.pointer}/endPort`, found: `DNS rules with ports ${range.port} to ${range.endPort}` });
    }
  },
};
