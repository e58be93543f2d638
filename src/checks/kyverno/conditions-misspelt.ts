import { asObject } from '../read';
import type { ObjectRule } from '../rule';
import { conditionBlocksOf } from './conditions';
import { listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

export const conditionsMisspelt: ObjectRule = {
  id: 'kyverno/ConditionsMisspelt',
  severity: 'warning',
  what: 'A block of conditions has fields, and neither any nor all.',
  why: 'Kyverno accepts it and reads no condition, which always holds: the rule applies to everything, and a deny refuses everything.',
  mend: 'Put the conditions into `any` or `all`, spelled so.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/preconditions/',
  bad: clusterPolicy(validateRule('deny: { conditions: { anyy: [{ key: "{{ request.namespace }}", operator: Equals, value: default }] } }')),
  good: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }}", operator: Equals, value: default }] } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { value, pointer } of conditionBlocksOf(rule)) {
        const fields = Object.keys(asObject(value) ?? {});
        if (fields.length > 0 && !fields.includes('any') && !fields.includes('all')) {
          report({ object, pointer, found: `${listed(fields)} in the conditions of the rule ${rule.name}` });
        }
      }
    }
  },
};
