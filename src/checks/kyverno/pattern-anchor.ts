import { everythingIn } from './fields';
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
  *checkObject(object) {
    for (const rule of rulesIn(object)) {
      // The webhook does not look at the patterns of a foreach.
      for (const pattern of rule.patterns.filter(({ ofElement }) => !ofElement)) {
        for (const { key, value, pointer } of everythingIn(pattern.value, pattern.pointer)) {
          const anchor = anchorOf(key);
          if (anchor === '+(') yield { object, pointer, found: `${key} in a pattern of the rule ${rule.name}` };
          if (anchor === '^(' && !(Array.isArray(value) && value.length > 0)) {
            yield { object, pointer, found: `${key} without a list of patterns in the rule ${rule.name}` };
          }
        }
      }
    }
  },
};
