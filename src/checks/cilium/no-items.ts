import { CILIUM_POLICIES, ciliumAtLeast, readPolicy, type RuleReading } from './read-policy';
import type { ObjectRule } from '../rule';

const LISTS = ['ingress', 'ingressDeny', 'egress', 'egressDeny'];

export const noItems: ObjectRule = {
  id: 'cilium/NoItems',
  severity: 'error',
  what: 'A rule has nothing in any of ingress, ingressDeny, egress and egressDeny.',
  why: 'Since Cilium 1.19 the agent refuses the whole policy, also where enableDefaultDeny is true: the pods stay open.',
  mend: 'Write `ingress: [{}]` or `egress: [{}]` to deny everything.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/',
  bad: `
# target: { cilium: '1.19' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec:
  endpointSelector: {}
  enableDefaultDeny: { ingress: true }
  ingress: []
`,
  good: `
# target: { cilium: '1.19' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec:
  endpointSelector: {}
  enableDefaultDeny: { ingress: true }
  ingress: [{}]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    if (!ciliumAtLeast(context, '1.19')) return;
    for (const rule of readPolicy(object).rules) {
      if (hasNoItems(rule)) report({ object, pointer: rule.pointer, found: 'no item in ingress, ingressDeny, egress or egressDeny' });
    }
  },
};

/** Whether all four lists are empty or left out; a list of the wrong type may hold anything. */
export function hasNoItems({ fields }: RuleReading): boolean {
  return LISTS.every(list => {
    const items = fields[list];
    return items === undefined || items === null || (Array.isArray(items) && items.length === 0);
  });
}
