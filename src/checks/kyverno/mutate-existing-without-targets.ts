import type { ObjectRule } from '../rule';
import { isGiven } from './fields';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy } from './sample';

export const mutateExistingWithoutTargets: ObjectRule = {
  id: 'kyverno/MutateExistingWithoutTargets',
  severity: 'error',
  what: 'A mutate rule without targets in a policy that mutates what exists when it is updated.',
  why: 'Without targets Kyverno does not know what to change, and its webhook refuses the policy.',
  mend: 'Name the objects in `mutate.targets`, or turn `mutateExistingOnPolicyUpdate` off.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/mutate/',
  bad: clusterPolicy(sample('')),
  good: clusterPolicy(sample('\n    targets: [{ apiVersion: v1, kind: Secret, name: pull, namespace: shop }]')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    for (const rule of policy?.rules ?? []) {
      const field = rule.mutate.mutateExistingOnPolicyUpdate;
      const isOn = (field ?? policy?.spec.mutateExistingOnPolicyUpdate) === true;
      if (isOn && rule.has('mutate') && !isGiven(rule.mutate.targets)) {
        report({ object, pointer: rule.at('mutate'), found: `no targets in the rule ${rule.name}` });
      }
    }
  },
};

function sample(targets: string): string {
  return `
- name: label
  match: { any: [{ resources: { kinds: [ConfigMap] } }] }
  mutate:
    mutateExistingOnPolicyUpdate: true${targets}
    patchStrategicMerge: { metadata: { labels: { team: shop } } }
`;
}
