import { below, spotsIn } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { anchorOf } from '../../values/kyverno-anchor';
import type { ObjectRule } from '../rule';
import { clusterPolicy } from './sample';

export const patchAnchorIgnored: ObjectRule = {
  id: 'kyverno/PatchAnchorIgnored',
  severity: 'warning',
  what: 'A strategic merge has an anchor that only patterns know.',
  why: 'A patch knows `()`, `<()` and `+()`; Kyverno accepts the others and does not act on them.',
  mend: 'Write `(field)` for a condition, `+(field)` for what is added when absent, or the plain name of the field.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/mutate/#conditional-logic-using-anchors',
  bad: clusterPolicy(sample('=(hostNetwork)')),
  good: clusterPolicy(sample('+(hostNetwork)')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const [patch, at] of patchesOf(rule)) {
        for (const { key, pointer } of spotsIn(patch, at, isIgnored)) report({ object, pointer, found: `${key} in a patch of the rule ${rule.name}` });
      }
    }
  },
};

function isIgnored(key: string): boolean {
  const anchor = anchorOf(key);
  return anchor === '=(' || anchor === '^(' || anchor === 'X(';
}

function patchesOf(rule: PolicyRule): [unknown, string][] {
  return [
    [rule.mutate.patchStrategicMerge, rule.at('mutate', 'patchStrategicMerge')],
    ...rule.foreach.map(({ fields, pointer }): [unknown, string] => [fields.patchStrategicMerge, below(pointer, 'patchStrategicMerge')]),
  ];
}

function sample(field: string): string {
  return `
- name: host-network
  match: { any: [{ resources: { kinds: [Pod] } }] }
  mutate:
    patchStrategicMerge: { spec: { ${field}: false } }
`;
}
