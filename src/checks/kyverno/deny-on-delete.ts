import type { ObjectRule } from '../rule';
import { isGiven } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { clusterPolicy } from './sample';

export const denyOnDelete: ObjectRule = {
  id: 'kyverno/DenyOnDelete',
  severity: 'info',
  what: 'A deny rule does not say for which operations it is.',
  why: 'Kyverno judges deletions with it too, by the object that is deleted: what is wrong cannot even be removed.',
  mend: 'Write `operations: [CREATE, UPDATE]` into its match, and DELETE where that is meant.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(sample('kinds: [Deployment]')),
  good: clusterPolicy(sample('kinds: [Deployment], operations: [CREATE, UPDATE]')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      if (denies(rule) && !saysWhen(rule)) report({ object, pointer: rule.at('match'), found: `no operations in the rule ${rule.name}` });
    }
  },
};

function denies(rule: PolicyRule): boolean {
  return isGiven(rule.validate.deny) || rule.foreach.some(({ fields }) => isGiven(fields.deny));
}

function saysWhen(rule: PolicyRule): boolean {
  return rule.filters.some(({ resources }) => isGiven(resources.operations))
    || rule.variables.some(({ expression }) => expression.includes('request.operation'));
}

function sample(resources: string): string {
  return `
- name: sample
  match: { any: [{ resources: { ${resources} } }] }
  validate:
    failureAction: Enforce
    message: Nothing is deployed into default.
    deny: { conditions: { any: [{ key: "{{ request.namespace }}", operator: Equals, value: default }] } }`;
}
