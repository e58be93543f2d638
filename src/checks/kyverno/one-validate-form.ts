import { compareMinor } from '../../values/semver-minor';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';
import { type Fields, isGiven, listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const FORMS = ['pattern', 'anyPattern', 'deny', 'foreach', 'podSecurity', 'cel'];

export const oneValidateForm: ObjectRule = {
  id: 'kyverno/OneValidateForm',
  severity: 'error',
  what: 'A validate rule has none, or more than one, of pattern, anyPattern, deny, foreach, podSecurity, cel and manifests.',
  why: 'It checks in one way, and the webhook refuses the policy. `assert` no longer counts as one from 1.19.',
  mend: 'Keep one of them; write a rule of its own for each other.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/',
  bad: clusterPolicy(validateRule('pattern: { metadata: { labels: { team: "?*" } } }\nanyPattern: [{ metadata: { labels: { owner: "?*" } } }]')),
  good: clusterPolicy(validateRule('anyPattern: [{ metadata: { labels: { team: "?*" } } }, { metadata: { labels: { owner: "?*" } } }]')),
  kinds: POLICY_KINDS,
  checkObject(object, report, { target }) {
    const forms = compareMinor(target.kyverno, '1.19') < 0 ? [...FORMS, 'assert'] : FORMS;
    for (const rule of rulesIn(object)) {
      if (!asObject(rule.fields.validate)) continue;
      const given = formsOf(rule.validate, forms);
      if (given.length !== 1) report({ object, pointer: rule.at('validate'), found: `${listed(given) || 'none of them'} in the rule ${rule.name}` });
    }
  },
};

function formsOf(validate: Fields, forms: readonly string[]): string[] {
  const given = forms.filter(form => isGiven(validate[form]));
  return isGiven(asObject(validate.manifests)?.attestors) ? [...given, 'manifests'] : given;
}
