import { anchorOf } from '../../values/kyverno-anchor';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

export const patternNeverFails: ObjectRule = {
  id: 'kyverno/PatternNeverFails',
  severity: 'warning',
  what: 'A pattern has conditions, `()`, and nothing that they lead to.',
  why: 'An object that does not meet a condition is skipped, and counts as allowed; one that meets it has nothing more to meet.',
  mend: 'Write the field that must hold without parentheses, or `=(field)` where it may be absent.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#anchors',
  bad: clusterPolicy(validateRule('pattern: { spec: { (hostNetwork): false } }', 'Pod')),
  good: clusterPolicy(validateRule('pattern: { spec: { =(hostNetwork): false } }', 'Pod')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { value, pointer } of rule.patterns) {
        if (asObject(value) && !canFail(value)) report({ object, pointer, found: `conditions only, in the rule ${rule.name}` });
      }
    }
  },
};

/** Whether an object can fail the pattern, rather than be skipped by it. */
function canFail(pattern: unknown, depth = 0): boolean {
  if (typeof pattern !== 'object' || pattern === null || depth > 100) return true;
  if (Array.isArray(pattern)) return pattern.length === 0 || canFail(pattern[0], depth + 1);
  return Object.entries(pattern).some(([key, value]) => {
    const anchor = anchorOf(key);
    return anchor !== '(' && anchor !== '<(' && (anchor === 'X(' || canFail(value, depth + 1));
  });
}
