import { agentValidates, CILIUM_POLICIES, readPolicy } from './read-policy';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

export const icmpWithPorts: ObjectRule = {
  id: 'cilium/IcmpWithPorts',
  severity: 'error',
  what: 'One item has icmps and toPorts.',
  why: 'The agent takes one or the other in an item and drops the whole policy.',
  mend: 'Write two items with the same peers.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-icmp-icmpv6-types',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      icmps: [{ fields: [{ type: 8, family: IPv4 }] }]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      icmps: [{ fields: [{ type: 8, family: IPv4 }] }]
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    for (const item of readPolicy(object).items.filter(each => agentValidates(each, context))) {
      const both = asList(item.fields.icmps).length > 0 && item.portRules.length > 0;
      if (both) report({ object, pointer: `${item.pointer}/icmps`, found: 'icmps beside toPorts' });
    }
  },
};
