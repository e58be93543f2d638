import type { ObjectRule } from '../rule';
import { isTemplate, shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const OPERATORS = new Set([
  'Equal', 'Equals', 'NotEqual', 'NotEquals', 'In', 'AnyIn', 'AllIn', 'NotIn', 'AnyNotIn', 'AllNotIn', 'GreaterThan', 'GreaterThanOrEquals',
  'LessThan', 'LessThanOrEquals', 'DurationGreaterThan', 'DurationGreaterThanOrEquals', 'DurationLessThan', 'DurationLessThanOrEquals',
]);

export const conditionOperator: ObjectRule = {
  id: 'kyverno/ConditionOperator',
  severity: 'error',
  what: 'A condition has an operator that does not exist.',
  why: 'The CRD does not look at these operators; the webhook does, and refuses the policy.',
  mend: 'Write Equals, NotEquals, AnyIn, AllIn, AnyNotIn, AllNotIn, GreaterThan, GreaterThanOrEquals, LessThan or LessThanOrEquals.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/preconditions/#operators',
  bad: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }}", operator: equals, value: default }] } }')),
  good: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }}", operator: Equals, value: default }] } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { fields, pointer } of rule.conditions) {
        const { operator } = fields;
        if (typeof operator === 'string' && !OPERATORS.has(operator) && !isTemplate(operator)) {
          report({ object, pointer: `${pointer}/operator`, found: `the operator ${shown(operator)} in the rule ${rule.name}` });
        }
      }
    }
  },
};
