import { CILIUM_POLICIES, deniesByDefault, type ItemReading, readPolicy } from './read-policy';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

export const icmpBlockedOnNodes: ObjectRule = {
  id: 'cilium/IcmpBlockedOnNodes',
  severity: 'info',
  what: 'A policy for nodes allows ports only, so that nodes answer no ping.',
  why: 'Rules for ports are not for ICMP; monitoring and path MTU tools that rely on echo stop without a word.',
  mend: 'Add an item with icmps for the echo request, type 8 for IPv4 and 128 for IPv6.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-icmp-icmpv6-types',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: nodes }
spec:
  nodeSelector: {}
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "6443", protocol: TCP }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: nodes }
spec:
  nodeSelector: {}
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "6443", protocol: TCP }] }]
    - fromEntities: [cluster]
      icmps: [{ fields: [{ type: 8, family: IPv4 }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const rule of readPolicy(object).rules) {
      if (!asObject(rule.fields.nodeSelector) || !deniesByDefault(rule, 'ingress')) continue;
      const allows = rule.items.filter(item => item.direction === 'ingress' && !item.deny);
      if (allows.length > 0 && !allows.some(passesIcmp)) report({ object, pointer: `${rule.pointer}/ingress`, found: 'ports only, no icmps' });
    }
  },
};

function passesIcmp({ fields, portRules, peers }: ItemReading): boolean {
  return asList(fields.icmps).length > 0 || (portRules.length === 0 && peers.length > 0);
}
