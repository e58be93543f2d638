import { subjectOf } from './endpoint-selector';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

export const reservedSubject: ObjectRule = {
  id: 'cilium/ReservedSubject',
  severity: 'warning',
  what: 'The endpointSelector of a CiliumNetworkPolicy is for a reserved identity, such as reserved:init.',
  why: 'Cilium adds the namespace of the policy, and reserved identities have none: nothing is selected.',
  mend: 'Write a CiliumClusterwideNetworkPolicy.',
  link: 'https://docs.cilium.io/en/stable/security/policy/lifecycle/#init-identity',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: init, namespace: shop }
spec:
  endpointSelector: { matchLabels: { "reserved:init": "" } }
  egress: [{ toEntities: [host] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: init }
spec:
  endpointSelector: { matchLabels: { "reserved:init": "" } }
  egress: [{ toEntities: [host] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const { clusterwide, rules } = readPolicy(object);
    if (clusterwide) return;
    for (const rule of rules) {
      if (subjectOf(rule)?.reserved) report({ object, pointer: `${rule.pointer}/endpointSelector`, found: 'a reserved identity as subject' });
    }
  },
};
