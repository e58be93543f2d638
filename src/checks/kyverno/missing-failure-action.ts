import type { ObjectRule } from '../rule';
import { isGiven } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, TEAM_RULE } from './sample';

export const missingFailureAction: ObjectRule = {
  id: 'kyverno/MissingFailureAction',
  severity: 'warning',
  what: 'A validate rule does not say what a failure does.',
  why: 'Kyverno takes Audit then: it reports, and lets everything in.',
  mend: 'Write `failureAction: Enforce` in `validate`, or `failureAction: Audit` where a report is all that is wanted.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#failure-action',
  bad: clusterPolicy(TEAM_RULE.replace('    failureAction: Enforce\n', '')),
  good: clusterPolicy(TEAM_RULE),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    for (const rule of policy?.rules ?? []) {
      if (rule.has('validate') && !isGiven(rule.validate.failureAction) && !isGiven(policy?.spec.validationFailureAction)) {
        report({ object, pointer: rule.at('validate'), found: `no failureAction in the rule ${rule.name}` });
      }
    }
  },
};
