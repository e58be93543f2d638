import type { ObjectRule } from '../rule';
import { isGiven } from './fields';
import type { Filter } from './filters';
import { generateTargetsOf } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, defaultDenyRule } from './sample';

const LIMITING = ['NetworkPolicy', 'CiliumNetworkPolicy', 'ResourceQuota', 'LimitRange'];
const BOUNDS = ['name', 'names', 'namespaces', 'selector', 'annotations'];

export const namespaceTriggerUnbounded: ObjectRule = {
  id: 'kyverno/NamespaceTriggerUnbounded',
  severity: 'warning',
  what: 'What limits a namespace is generated into every namespace.',
  why: 'Kyverno leaves out kube-system and its own namespace at most: those of Flux, of Cilium and of monitoring get a default deny or a quota too.',
  mend: 'Match Namespaces by a label with `selector`, or exclude those of the platform.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(defaultDenyRule('').replace(', selector: { matchLabels: { team: shop } }', '')),
  good: clusterPolicy(defaultDenyRule('')),
  kinds: POLICY_KINDS,
  *checkObject(object) {
    for (const rule of rulesIn(object)) {
      const target = generateTargetsOf(rule).find(({ kind }) => LIMITING.includes(kind));
      if (!target || isGiven(rule.fields.preconditions) || rule.filters.some(({ place }) => place === 'exclude')) continue;
      const filter = rule.filters.find(isUnbounded);
      if (filter) yield { object, pointer: filter.pointer, found: `a ${target.kind} for every Namespace in the rule ${rule.name}` };
    }
  },
};

function isUnbounded({ place, list, kinds, resources }: Filter): boolean {
  return place === 'match' && list !== 'all' && kinds.some(kind => /(^|\/)Namespace$/.test(kind)) && !BOUNDS.some(field => isGiven(resources[field]));
}
