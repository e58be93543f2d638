import { hasNoItems } from './no-items';
import { CILIUM_POLICIES, ciliumAtLeast, readPolicy, type RuleReading } from './read-policy';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

const DIRECTIONS = ['ingress', 'egress'] as const;

export const emptyListDeniesNothing: ObjectRule = {
  id: 'cilium/EmptyListDeniesNothing',
  severity: 'warning',
  what: 'A direction has an empty list, or a default deny without any item.',
  why: 'Cilium reads an empty list as if it were left out, so the direction stays as it was.',
  mend: 'Write a list with one empty item (`[{}]`) to deny everything, or leave the direction out.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-3-examples',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: {}
  ingress: []
  egress: [{ toEntities: [cluster] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: {}
  ingress: [{}]
  egress: [{ toEntities: [cluster] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    for (const rule of readPolicy(object).rules) {
      // The agent refuses this one, which is a finding of its own.
      if (hasNoItems(rule) && ciliumAtLeast(context, '1.19')) continue;
      for (const direction of DIRECTIONS) {
        const found = emptiness(rule, direction);
        if (found) report({ object, pointer: `${rule.pointer}/${direction}`, found });
      }
    }
  },
};

function emptiness({ fields, items }: RuleReading, direction: 'ingress' | 'egress'): string | undefined {
  if (items.some(item => item.direction === direction)) return undefined;
  const list = fields[direction];
  if (Array.isArray(list)) return list.length === 0 ? `${direction}: [], which denies nothing` : undefined;
  const isAbsent = list === undefined || list === null;
  return isAbsent && asObject(fields.enableDefaultDeny)?.[direction] === true
    ? `enableDefaultDeny.${direction}: true without an item in ${direction}`
    : undefined;
}
