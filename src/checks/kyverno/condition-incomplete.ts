import type { ObjectRule } from '../rule';
import { listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

export const conditionIncomplete: ObjectRule = {
  id: 'kyverno/ConditionIncomplete',
  severity: 'error',
  what: 'A condition lacks its key, operator or value.',
  why: 'All three are needed, null counts as none, and the webhook refuses the policy.',
  mend: 'Add what is missing; for a missing value compare with \'\' or with a list.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/preconditions/',
  bad: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }}", value: default }] } }')),
  good: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }}", operator: Equals, value: default }] } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { fields, pointer, block } of rule.conditions) {
        const missing = ['key', 'operator', 'value'].filter(field => fields[field] === undefined || fields[field] === null);
        if (block.ofRule && missing.length > 0) report({ object, pointer, found: `a condition without ${listed(missing)} in the rule ${rule.name}` });
      }
    }
  },
};
