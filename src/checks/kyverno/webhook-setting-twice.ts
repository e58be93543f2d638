import { asObject } from '../read';
import type { ObjectRule } from '../rule';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, TEAM_RULE } from './sample';

/** What moved into webhookConfiguration, and its name there. */
const MOVED = [['webhookTimeoutSeconds', 'timeoutSeconds'], ['failurePolicy', 'failurePolicy']] as const;

export const webhookSettingTwice: ObjectRule = {
  id: 'kyverno/WebhookSettingTwice',
  severity: 'error',
  what: 'A webhook setting stands at its old and at its new place.',
  why: 'The webhook refuses a policy that says it twice, even where both say the same.',
  mend: 'Drop the one outside webhookConfiguration, which is deprecated.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: clusterPolicy(TEAM_RULE, 'failurePolicy: Ignore\nwebhookConfiguration: { failurePolicy: Ignore }'),
  good: clusterPolicy(TEAM_RULE, 'webhookConfiguration: { failurePolicy: Ignore }'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const spec = policyIn(object)?.spec ?? {};
    const webhook = asObject(spec.webhookConfiguration) ?? {};
    for (const [old, now] of MOVED) {
      if (spec[old] !== undefined && spec[old] !== null && webhook[now] !== undefined && webhook[now] !== null) {
        report({ object, pointer: `/spec/${old}`, found: `both ${old} and webhookConfiguration.${now}` });
      }
    }
  },
};
