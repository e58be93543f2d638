import { shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';
import { variablesIn } from '../../values/kyverno-variables';
import type { ObjectRule } from '../rule';

export const variableUnclosed: ObjectRule = {
  id: 'kyverno/VariableUnclosed',
  severity: 'warning',
  what: 'A text opens a variable with `{{` and does not close it.',
  why: 'Kyverno takes it for plain text, so a condition compares with the text itself.',
  mend: 'Close the variable with `}}`; write `\\{{` for the two braces as such.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/variables/',
  bad: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }", operator: Equals, value: default }] } }')),
  good: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.namespace }}", operator: Equals, value: default }] } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { value, pointer } of rule.templates) {
        if (typeof value !== 'string' || !value.includes('{{') || value.includes('}}')) continue;
        if (variablesIn(value).length === 0 && !value.includes('\\{{')) report({ object, pointer, found: `${shown(value)} in the rule ${rule.name}` });
      }
    }
  },
};
