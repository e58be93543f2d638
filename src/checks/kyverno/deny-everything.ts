import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';
import { isGiven } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

export const denyEverything: ObjectRule = {
  id: 'kyverno/DenyEverything',
  severity: 'info',
  what: 'A deny without conditions.',
  why: 'No condition always holds, so everything that the rule matches is refused.',
  mend: 'Add conditions, unless match and preconditions say all there is to say.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#deny-rules',
  bad: clusterPolicy(validateRule('deny: {}')),
  good: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }}", operator: Equals, value: default }] } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const deny = asObject(rule.validate.deny);
      // Preconditions narrow such a rule on purpose.
      if (deny && isEmpty(deny.conditions) && !isGiven(rule.fields.preconditions)) {
        report({ object, pointer: rule.at('validate', 'deny'), found: `no condition in the rule ${rule.name}` });
      }
    }
  },
};

function isEmpty(conditions: unknown): boolean {
  return asList(conditions).length === 0 && Object.keys(asObject(conditions) ?? {}).length === 0;
}
