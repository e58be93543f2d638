import { generateTargetsOf, isSynchronized } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, defaultDenyRule } from './sample';
import { compareMinor } from '../../values/semver-minor';
import type { ObjectRule } from '../rule';

const GUARDS = ['NetworkPolicy', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

export const generateWithoutOrphan: ObjectRule = {
  id: 'kyverno/GenerateWithoutOrphan',
  severity: 'warning',
  what: 'Generated network policies go when their policy goes.',
  why: 'With `synchronize` Kyverno deletes what it has made when the rule or policy is deleted, and Flux with force deletes and makes it anew: '
    + 'namespaces stand open meanwhile.',
  mend: 'Write `orphanDownstreamOnPolicyDelete: true`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(defaultDenyRule('synchronize: true')),
  good: clusterPolicy(defaultDenyRule('synchronize: true\norphanDownstreamOnPolicyDelete: true')),
  kinds: POLICY_KINDS,
  checkObject(object, report, { target: { kyverno } }) {
    // Up to 1.18 only what was made from data was deleted.
    const deletesClones = compareMinor(kyverno, '1.19') >= 0;
    for (const rule of rulesIn(object)) {
      if (!isSynchronized(rule) || rule.generate.orphanDownstreamOnPolicyDelete === true) continue;
      const guard = generateTargetsOf(rule).find(({ kind, data }) => GUARDS.includes(kind) && (data !== undefined || deletesClones));
      if (guard) report({ object, pointer: guard.pointer, found: `a synchronized ${guard.kind} in the rule ${rule.name}` });
    }
  },
};
