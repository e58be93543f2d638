import type { ObjectRule } from '../rule';
import { isGiven } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy, defaultDenyRule } from './sample';

export const generateExistingUnsaid: ObjectRule = {
  id: 'kyverno/GenerateExistingUnsaid',
  severity: 'info',
  what: 'A generate rule does not say whether it is for what exists already.',
  why: 'It is not, unless it says so: namespaces that were there before the policy get nothing.',
  mend: 'Write `generateExisting: true`, or false where only new ones are meant.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/#generate-for-existing-resources',
  bad: clusterPolicy(defaultDenyRule('').replace('    generateExisting: true\n', '')),
  good: clusterPolicy(defaultDenyRule('')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    for (const rule of policy?.rules ?? []) {
      if (rule.has('generate') && !isGiven(rule.generate.generateExisting) && !isGiven(policy?.spec.generateExisting)) {
        report({ object, pointer: rule.at('generate'), found: `no generateExisting in the rule ${rule.name}` });
      }
    }
  },
};
