import type { Rule } from '../rule';

const POLICIES = ['NetworkPolicy', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

/** Policies on a CNI that ignores them: one finding for the set, not one for each. */
export const cniEnforcesNothing: Rule = {
  id: 'network/CniEnforcesNothing',
  check(objects, target) {
    const policies = objects.filter(({ object }) => POLICIES.includes(object.kind ?? ''));
    if (target.enforcesNetworkPolicy || policies.length === 0) return [];
    return [{
      path: policies[0]!.path,
      object: `${policies.length} network ${policies.length === 1 ? 'policy' : 'policies'}`,
      what: `${target.cni} stores them and enforces none: every pod can still reach every other`,
      mend: target.cniMend,
    }];
  },
};
