import { asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const RULE = validateRule('pattern: { metadata: { labels: { team: "?*" } } }', '"*"');

export const wildcardKindBlocks: ObjectRule = {
  id: 'kyverno/WildcardKindBlocks',
  severity: 'info',
  what: 'A rule for every kind, with the failure policy Fail.',
  why: 'While Kyverno is down the API server refuses every request, those that would bring it up again among them.',
  mend: 'Name the kinds, or set `webhookConfiguration: { failurePolicy: Ignore }`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: clusterPolicy(RULE, 'background: false'),
  good: clusterPolicy(RULE, 'background: false\nwebhookConfiguration: { failurePolicy: Ignore }'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    const spec = policy?.spec ?? {};
    const onFailure = asString(asObject(spec.webhookConfiguration)?.failurePolicy) ?? asString(spec.failurePolicy) ?? 'Fail';
    const rule = policy?.rules.find(({ kinds }) => kinds.includes('*') || kinds.includes('*/*'));
    if (rule && onFailure === 'Fail') report({ object, pointer: rule.at('match'), found: `every kind in the rule ${rule.name}` });
  },
};
