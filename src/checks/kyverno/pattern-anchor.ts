import { spotsIn } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';
import { anchorOf } from '../../values/kyverno-anchor';
import type { ObjectRule } from '../rule';

export const patternAnchor: ObjectRule = {
  id: 'kyverno/PatternAnchor',
  severity: 'error',
  what: 'A pattern has an anchor that it cannot have.',
  why: '`+()` writes a field, which only a patch does, and `^()` asks for an element of a list; the webhook refuses the policy.',
  mend: 'Write `=(field)` for a field that may be absent, and a list with one pattern below `^(field)`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#anchors',
  bad: clusterPolicy(validateRule('pattern: { spec: { +(hostNetwork): false } }', 'Pod')),
  good: clusterPolicy(validateRule('pattern: { spec: { =(hostNetwork): false } }', 'Pod')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      // The webhook does not look at the patterns of a foreach.
      for (const pattern of rule.patterns.filter(({ ofElement }) => !ofElement)) {
        for (const { key, pointer } of spotsIn(pattern.value, pattern.pointer, isMisplaced)) {
          const what = anchorOf(key) === '+(' ? 'in a pattern of' : 'without a list of patterns in';
          report({ object, pointer, found: `${key} ${what} the rule ${rule.name}` });
        }
      }
    }
  },
};

function isMisplaced(key: string, value: unknown): boolean {
  const anchor = anchorOf(key);
  return anchor === '+(' || (anchor === '^(' && !(Array.isArray(value) && value.length > 0));
}
