import { asList, asObject, asString } from '../read';
import type { Hit, ObjectRule } from '../rule';
import { isGiven, shown, spotsIn } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { clusterPolicy, validateRule } from './sample';

/** What Kyverno gives, and functions. The webhook looks for these anywhere in an expression, and so does this. */
const GIVEN = /request|serviceAccountName|serviceAccountNamespace|element|@|image|[a-z_0-9]+\(/;

/** Texts, numbers and lists in an expression name nothing. */
const LITERAL = /^['"`[{\d-]/;

const WITHIN_TARGETS = 'Move it into the `context` or `preconditions` of `mutate.targets`: only there and in the patch `target` is known.';

export const variableUnknown: ObjectRule = {
  id: 'kyverno/VariableUnknown',
  severity: 'error',
  what: 'A variable names nothing that Kyverno gives or that the context declares.',
  why: 'It has no value, and the webhook refuses the policy.',
  mend: 'Mend the name, or add a context entry of this name.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/variables/',
  bad: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ reqest.object.spec.replicas }}", operator: GreaterThan, value: 9 }] } }')),
  good: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ request.object.spec.replicas }}", operator: GreaterThan, value: 9 }] } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      // Attestations bring names of their own, from inside the signed statement.
      if (rule.variables.length === 0 || rule.has('verifyImages')) continue;
      const names = contextNames(rule);
      const hasTargets = isGiven(rule.mutate.targets);
      for (const { expression, pointer } of rule.variables) {
        if (expression === '' || GIVEN.test(expression) || LITERAL.test(expression)) continue;
        // Before targets are loaded, for the context and preconditions of the rule, there is none.
        const isEarly = pointer.startsWith(rule.at('context', '')) || pointer.startsWith(rule.at('preconditions', ''));
        if (names.some(name => expression.includes(name)) || (hasTargets && !isEarly && expression.includes('target'))) continue;
        const hit: Hit = { object, pointer, found: `{{ ${shown(expression)} }} in the rule ${rule.name}` };
        const mend = hasTargets ? WITHIN_TARGETS : 'Write `request.object`, or add `mutate.targets`: only they give `target`.';
        report(/^target\b/.test(expression) ? { ...hit, mend } : hit);
      }
    }
  },
};

/** The names of context entries, wherever the rule has a context. */
function contextNames(rule: PolicyRule): string[] {
  return spotsIn(rule.fields, '', key => key === 'context')
    .flatMap(({ value }) => asList(value))
    .map(entry => asString(asObject(entry)?.name) ?? '')
    .filter(name => name !== '');
}
