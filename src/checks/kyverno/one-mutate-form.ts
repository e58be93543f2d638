import type { ObjectRule } from '../rule';
import { isGiven, listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

const FORMS = ['patchStrategicMerge', 'patchesJson6902', 'foreach'];

export const oneMutateForm: ObjectRule = {
  id: 'kyverno/OneMutateForm',
  severity: 'error',
  what: 'A mutate rule has more than one of patchStrategicMerge, patchesJson6902 and foreach.',
  why: 'A rule changes in one way, and the webhook refuses the policy.',
  mend: 'Keep one of them; write a rule of its own for each other.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/mutate/',
  bad: clusterPolicy(sample('\n    patchesJson6902: |-\n      - { op: add, path: /metadata/labels/tier, value: web }')),
  good: clusterPolicy(sample('')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const given = FORMS.filter(form => isGiven(rule.mutate[form]) && rule.mutate[form] !== '');
      if (given.length > 1) report({ object, pointer: rule.at('mutate'), found: `${listed(given)} in the rule ${rule.name}` });
    }
  },
};

function sample(more: string): string {
  return `
- name: label
  match: { any: [{ resources: { kinds: [ConfigMap] } }] }
  mutate:
    patchStrategicMerge: { metadata: { labels: { team: shop } } }${more}
`;
}
