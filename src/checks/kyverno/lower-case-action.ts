import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';
import { below } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, TEAM_RULE } from './sample';

export const lowerCaseAction: ObjectRule = {
  id: 'kyverno/LowerCaseAction',
  severity: 'warning',
  what: 'A failure action is written as audit or enforce.',
  why: 'The small letters are deprecated: Kyverno warns, and takes them in the older settings only.',
  mend: 'Write Audit or Enforce.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: clusterPolicy(TEAM_RULE, 'validationFailureAction: enforce'),
  good: clusterPolicy(TEAM_RULE, 'validationFailureAction: Enforce'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    const lists: [unknown, string][] = [
      [policy?.spec.validationFailureActionOverrides, '/spec/validationFailureActionOverrides'],
      ...(policy?.rules ?? []).map((rule): [unknown, string] => [rule.validate.failureActionOverrides, rule.at('validate', 'failureActionOverrides')]),
    ];
    const actions: [unknown, string][] = [
      [policy?.spec.validationFailureAction, '/spec/validationFailureAction'],
      ...lists.flatMap(([list, pointer]) => asList(list).map((item, index): [unknown, string] => [asObject(item)?.action, below(pointer, index, 'action')])),
    ];
    for (const [action, pointer] of actions) {
      if (action === 'audit' || action === 'enforce') report({ object, pointer, found: `the action ${action}` });
    }
  },
};
