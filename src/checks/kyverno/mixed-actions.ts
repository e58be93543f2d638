import { compareMinor } from '../../values/semver-minor';
import { asString } from '../read';
import type { ObjectRule } from '../rule';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, TEAM_RULE } from './sample';

const AUDITED = TEAM_RULE.replace('name: team', 'name: owner').replace('Enforce', 'Audit');

export const mixedActions: ObjectRule = {
  id: 'kyverno/MixedActions',
  severity: 'warning',
  what: 'Rules of one policy have different failure actions, before Kyverno 1.19.',
  why: 'Up to 1.18 the action of the first rule that has one holds for all of them.',
  mend: 'Make a policy for each action, or use Kyverno 1.19 or newer.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#failure-action',
  bad: `# target: { kyverno: '1.18' }${clusterPolicy(`${TEAM_RULE.trim()}\n${AUDITED.trim()}`)}`,
  good: `# target: { kyverno: '1.19' }${clusterPolicy(`${TEAM_RULE.trim()}\n${AUDITED.trim()}`)}`,
  kinds: POLICY_KINDS,
  checkObject(object, report, { target: { kyverno } }) {
    if (compareMinor(kyverno, '1.19') >= 0) return;
    const rules = rulesIn(object).filter(({ validate }) => asString(validate.failureAction) !== undefined);
    const other = rules.find(({ validate }) => validate.failureAction !== rules[0]?.validate.failureAction);
    if (other) {
      const found = `${String(other.validate.failureAction)} in the rule ${other.name}, after ${String(rules[0]?.validate.failureAction)}`;
      report({ object, pointer: other.at('validate', 'failureAction'), found });
    }
  },
};
