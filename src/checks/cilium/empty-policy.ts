import { CILIUM_POLICIES } from './read-policy';
import { groupOf } from '../kubernetes/group';
import type { ObjectRule } from '../rule';

export const emptyPolicy: ObjectRule = {
  id: 'cilium/EmptyPolicy',
  severity: 'error',
  what: 'A Cilium policy has neither spec nor specs.',
  why: 'The agent does not import it, and says so in its log only.',
  mend: 'Write a spec, or delete the policy.',
  link: 'https://docs.cilium.io/en/stable/network/kubernetes/policy/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: {}
  ingress: [{}]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const { apiVersion, spec, specs } = object.object;
    if (groupOf(apiVersion) === 'cilium.io' && isAbsent(spec) && isAbsent(specs)) report({ object, found: 'no spec and no specs' });
  },
};

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
