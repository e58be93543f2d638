import { isTemplate, shown, spotsIn } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import type { Variable } from './rule-variables';
import { clusterPolicy, validateRule } from './sample';
import { expressionProblem } from '../../values/kyverno-variables';
import { remembered } from '../../values/remembered';
import type { ObjectRule } from '../rule';

export const variableNoJmespath: ObjectRule = {
  id: 'kyverno/VariableNoJmespath',
  severity: 'error',
  what: 'A variable, or a jmesPath of the context, is no expression in JMESPath.',
  why: 'Kyverno cannot read it, and the webhook refuses the policy.',
  mend: 'Mend the expression; names with other characters than letters, digits and underscores stand in double quotes, as in labels."app.kubernetes.io/name".',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/jmespath/',
  bad: clusterPolicy(sample('request.object.metadata.labels.app-name')),
  good: clusterPolicy(sample('request.object.metadata.labels."app-name"')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { expression, pointer } of [...rule.variables, ...contextPaths(rule)]) {
        const wrong = expression === '' ? undefined : problemOf(expression);
        if (wrong) report({ object, pointer, found: `${shown(expression)} in the rule ${rule.name}, which is not ${wrong.allowed}` });
      }
    }
  },
};

const problemOf = remembered(expressionProblem, 10_000);

/** What `jmesPath` says in the context of the rule; one with a variable in it is read when there is a request. */
function contextPaths(rule: PolicyRule): Variable[] {
  return spotsIn(rule.fields.context, rule.at('context'), (key, value) => key === 'jmesPath' && typeof value === 'string' && !isTemplate(value))
    .map(({ value, pointer }) => ({ expression: value as string, pointer }));
}

function sample(expression: string): string {
  return validateRule(`deny: { conditions: { any: [{ key: '{{ ${expression} || \`""\` }}', operator: Equals, value: "" }] } }`);
}
