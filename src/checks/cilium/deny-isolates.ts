import { CILIUM_POLICIES, deniesByDefault, type ItemReading, readPolicy } from './read-policy';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const denyIsolates: ObjectRule = {
  id: 'cilium/DenyIsolates',
  severity: 'warning',
  what: 'A policy denies something, allows nothing, and does not say whether everything else is denied too.',
  why: 'A deny turns default deny on like any rule: whatever no other policy allows is cut off.',
  mend: 'Write `enableDefaultDeny` for the direction: false to deny only what is named, true where the rest is meant too.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#deny-policies',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: no-metadata, namespace: shop }
spec:
  endpointSelector: {}
  egressDeny: [{ toCIDR: [169.254.169.254/32] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: no-metadata, namespace: shop }
spec:
  endpointSelector: {}
  enableDefaultDeny: { egress: false }
  egressDeny: [{ toCIDR: [169.254.169.254/32] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const rule of readPolicy(object).rules) {
      for (const direction of ['ingress', 'egress'] as const) {
        const isSaid = asObject(rule.fields.enableDefaultDeny)?.[direction] === true;
        const items = rule.items.filter(item => item.direction === direction);
        const isMeant = isSaid || items.some(item => !item.deny || deniesEverything(item));
        if (deniesByDefault(rule, direction) && !isMeant) {
          report({ object, pointer: `${rule.pointer}/${direction}Deny`, found: `${direction}Deny without ${direction} and without enableDefaultDeny.${direction}` });
        }
      }
    }
  },
};

function deniesEverything({ fields, peers, portRules }: ItemReading): boolean {
  return Object.keys(fields).length === 0 || (portRules.length === 0 && peers.some(({ entries }) => entries.includes('all')));
}
