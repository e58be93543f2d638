import { isGiven } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';
import { compareMinor } from '../../values/semver-minor';
import type { ObjectRule } from '../rule';

const CEL = 'cel: { expressions: [{ expression: "object.spec.replicas < 10" }] }';

export const celFieldMisplaced: ObjectRule = {
  id: 'kyverno/CelFieldMisplaced',
  severity: 'error',
  what: 'celPreconditions without CEL, or a context with it.',
  why: 'CEL cannot read a context, and the other languages cannot read CEL; the webhook refuses the policy.',
  mend: 'Use `preconditions` outside CEL, and `validate.cel.variables` within.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#common-expression-language-cel',
  bad: clusterPolicy(validateRule(CEL, 'Deployment', 'context: [{ name: most, variable: { value: 10 } }]')),
  good: clusterPolicy(validateRule(CEL, 'Deployment', 'celPreconditions: [{ name: scaled, expression: "has(object.spec.replicas)" }]')),
  kinds: POLICY_KINDS,
  checkObject(object, report, { target }) {
    const isStrict = compareMinor(target.kyverno, '1.15') >= 0;
    for (const rule of rulesIn(object)) {
      const hasCel = isGiven(rule.validate.cel);
      if (isGiven(rule.fields.celPreconditions) && !hasCel && (isStrict || rule.has('validate'))) {
        report({ object, pointer: rule.at('celPreconditions'), found: `celPreconditions without validate.cel in the rule ${rule.name}` });
      }
      if (isGiven(rule.fields.context) && hasCel && isStrict) {
        report({ object, pointer: rule.at('context'), found: `a context with validate.cel in the rule ${rule.name}` });
      }
    }
  },
};
