import type { ObjectRule } from '../rule';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const INSTEAD: Record<string, string> = { In: 'AnyIn or AllIn', NotIn: 'AnyNotIn or AllNotIn' };

export const deprecatedOperator: ObjectRule = {
  id: 'kyverno/DeprecatedOperator',
  severity: 'warning',
  what: 'A condition uses In or NotIn.',
  why: 'Both are deprecated: with a list for a key it is hard to say whether any or all elements are meant, and Kyverno warns.',
  mend: 'Say which one is meant: AnyIn or AllIn, AnyNotIn or AllNotIn.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/preconditions/#operators',
  bad: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }}", operator: In, value: [default] }] } }')),
  good: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }}", operator: AnyIn, value: [default] }] } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { fields, pointer } of rule.conditions) {
        const { operator } = fields;
        if (operator === 'In' || operator === 'NotIn') {
          report({ object, pointer: `${pointer}/operator`, found: `the operator ${operator} in the rule ${rule.name}`, mend: `Write ${INSTEAD[operator]}.` });
        }
      }
    }
  },
};
