import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';
import { generateTargetsOf } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

export const generatesWhatItMatches: ObjectRule = {
  id: 'kyverno/GeneratesWhatItMatches',
  severity: 'error',
  what: 'A generate rule makes objects of a kind that it matches.',
  why: 'Each object that it makes would make another, and the webhook refuses the policy.',
  mend: 'Match another kind.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(sample('ConfigMap')),
  good: clusterPolicy(sample('Namespace')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      // Kyverno compares the older form only; loops through `any` and `all` get in, and end where a name is fixed.
      const kinds = asList(asObject(asObject(rule.fields.match)?.resources)?.kinds);
      const target = generateTargetsOf(rule).find(({ kind }) => kind !== '' && kinds.includes(kind));
      if (target) report({ object, pointer: `${target.pointer}/kind`, found: `a rule for ${target.kind} that makes one: ${rule.name}` });
    }
  },
};

function sample(kind: string): string {
  return `
- name: sample
  match: { resources: { kinds: [${kind}], selector: { matchLabels: { team: shop } } } }
  generate:
    generateExisting: true
    apiVersion: v1
    kind: ConfigMap
    name: settings
    namespace: shop
    data: { data: { color: blue } }`;
}
