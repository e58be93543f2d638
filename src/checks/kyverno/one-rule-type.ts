import type { ObjectRule } from '../rule';
import { isGiven, listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

const TYPES = ['validate', 'mutate', 'generate', 'verifyImages'];

export const oneRuleType: ObjectRule = {
  id: 'kyverno/OneRuleType',
  severity: 'error',
  what: 'A rule has none, or more than one, of validate, mutate, generate and verifyImages.',
  why: 'A rule does one thing, and the webhook refuses the policy.',
  mend: 'Keep one of them; write a rule of its own for each other.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: clusterPolicy(sample('\n  mutate: { patchStrategicMerge: { metadata: { labels: { team: shop } } } }')),
  good: clusterPolicy(sample('')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const given = TYPES.filter(type => isGiven(rule.fields[type]));
      if (given.length !== 1) report({ object, pointer: rule.pointer, found: `${listed(given) || 'none of them'} in the rule ${rule.name}` });
    }
  },
};

function sample(more: string): string {
  return `
- name: team
  match: { any: [{ resources: { kinds: [Deployment] } }] }${more}
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }
`;
}
