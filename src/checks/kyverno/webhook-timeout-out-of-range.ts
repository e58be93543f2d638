import { asObject } from '../read';
import type { ObjectRule } from '../rule';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, TEAM_RULE } from './sample';

export const webhookTimeoutOutOfRange: ObjectRule = {
  id: 'kyverno/WebhookTimeoutOutOfRange',
  severity: 'error',
  what: 'A webhook may take less than 1 or more than 30 seconds.',
  why: 'Kubernetes takes 1 to 30 seconds for a webhook, so Kyverno refuses the policy.',
  mend: 'Write 1 to 30 seconds; Kyverno takes 10 when nothing is said.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: clusterPolicy(TEAM_RULE, 'webhookConfiguration: { timeoutSeconds: 60 }'),
  good: clusterPolicy(TEAM_RULE, 'webhookConfiguration: { timeoutSeconds: 30 }'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const spec = policyIn(object)?.spec ?? {};
    const places: [unknown, string][] = [
      [spec.webhookTimeoutSeconds, '/spec/webhookTimeoutSeconds'],
      [asObject(spec.webhookConfiguration)?.timeoutSeconds, '/spec/webhookConfiguration/timeoutSeconds'],
    ];
    for (const [seconds, pointer] of places) {
      if (typeof seconds === 'number' && (seconds < 1 || seconds > 30)) report({ object, pointer, found: `${seconds} seconds` });
    }
  },
};
