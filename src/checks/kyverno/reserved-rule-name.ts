import type { ObjectRule } from '../rule';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, TEAM_RULE } from './sample';

export const reservedRuleName: ObjectRule = {
  id: 'kyverno/ReservedRuleName',
  severity: 'warning',
  what: 'The name of a rule starts with `autogen-`.',
  why: 'Kyverno gives such names to the rules that it makes for pod controllers, and passes over a rule that has one already.',
  mend: 'Drop the prefix.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/autogen/',
  bad: clusterPolicy(TEAM_RULE.replace('name: team', 'name: autogen-team')),
  good: clusterPolicy(TEAM_RULE),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const { name, pointer } of rulesIn(object)) {
      if (name.startsWith('autogen-')) report({ object, pointer: `${pointer}/name`, found: `the rule name ${name}` });
    }
  },
};
