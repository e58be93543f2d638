import type { ObjectRule } from '../rule';
import { isGiven } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, TEAM_RULE } from './sample';

const INSTEAD: Record<string, string> = {
  validationFailureAction: 'Write `failureAction` in the validate rules and in the entries of verifyImages.',
  validationFailureActionOverrides: 'Write `failureActionOverrides` in the validate rules.',
  failurePolicy: 'Write `webhookConfiguration.failurePolicy`.',
  webhookTimeoutSeconds: 'Write `webhookConfiguration.timeoutSeconds`.',
  generateExisting: 'Write `generateExisting` in the generate rules.',
  mutateExistingOnPolicyUpdate: 'Write `mutateExistingOnPolicyUpdate` in the mutate rules.',
  schemaValidation: 'Drop it: it has had no effect since Kyverno 1.11.',
};

export const deprecatedSetting: ObjectRule = {
  id: 'kyverno/DeprecatedSetting',
  severity: 'info',
  what: 'A setting of the policy that has moved into its rules.',
  why: 'Kyverno 1.13 deprecated it: one setting cannot suit rules that differ.',
  mend: 'Write it where it is now.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: clusterPolicy(TEAM_RULE, 'validationFailureAction: Enforce'),
  good: clusterPolicy(TEAM_RULE),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const spec = policyIn(object)?.spec ?? {};
    for (const [field, mend] of Object.entries(INSTEAD)) {
      if (isGiven(spec[field])) report({ object, pointer: `/spec/${field}`, found: `spec.${field}`, mend });
    }
  },
};
