import type { ObjectRule } from '../rule';
import { isTemplate } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

export const duplicateRuleName: ObjectRule = {
  id: 'kyverno/DuplicateRuleName',
  severity: 'error',
  what: 'Two rules of a policy have the same name.',
  why: 'Reports and exceptions name the rule, so the webhook refuses the policy.',
  mend: 'Rename one of them.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: clusterPolicy(sample('team')),
  good: clusterPolicy(sample('owner')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const names = new Set<string>();
    for (const { name, pointer } of rulesIn(object)) {
      if (name === '' || isTemplate(name)) continue;
      if (names.has(name)) report({ object, pointer: `${pointer}/name`, found: `a second rule named ${name}` });
      names.add(name);
    }
  },
};

function sample(second: string): string {
  return ['team', second].map(name => `
- name: ${name}
  match: { any: [{ resources: { kinds: [Deployment] } }] }
  validate:
    failureAction: Enforce
    message: A label is missing.
    pattern: { metadata: { labels: { ${name}: "?*" } } }`).join('');
}
