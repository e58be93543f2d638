import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';
import { type Fields, isGiven } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

export const celIncomplete: ObjectRule = {
  id: 'kyverno/CelIncomplete',
  severity: 'error',
  what: 'A CEL check lacks an expression, or half of its parameters.',
  why: 'Parameters need their kind and a reference to them, and the webhook refuses the policy.',
  mend: 'Write the expression; write paramKind and paramRef together, with `parameterNotFoundAction` and one of name and selector.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#common-expression-language-cel',
  bad: clusterPolicy(validateRule('cel: { expressions: [{ expression: "" }] }')),
  good: clusterPolicy(validateRule('cel: { expressions: [{ expression: "object.spec.replicas < 10" }] }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const cel = asObject(rule.validate.cel);
      const found = cel && problemOf(cel);
      if (found) report({ object, pointer: rule.at('validate', 'cel'), found: `${found} in the rule ${rule.name}` });
    }
  },
};

function problemOf(cel: Fields): string | undefined {
  if (asList(cel.expressions).some(item => asObject(item)?.expression === '')) return 'an empty expression';
  const kind = asObject(cel.paramKind);
  const reference = asObject(cel.paramRef);
  if ((kind === undefined) !== (reference === undefined)) return kind ? 'paramKind without paramRef' : 'paramRef without paramKind';
  if (kind && !(kind.apiVersion && kind.kind)) return 'a paramKind without apiVersion or kind';
  if (reference && isGiven(reference.name) === isGiven(reference.selector)) return 'a paramRef without one of name and selector';
  return reference && !reference.parameterNotFoundAction ? 'a paramRef without parameterNotFoundAction' : undefined;
}
