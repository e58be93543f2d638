import { below, spotsIn } from './fields';
import { generateTargetsOf } from './generate-targets';
import { POLICY_KINDS, rulesIn } from './policy';
import { anchorOf } from '../../values/kyverno-anchor';
import type { ObjectRule } from '../rule';
import { clusterPolicy, generateRule } from './sample';

export const generateAnchor: ObjectRule = {
  id: 'kyverno/GenerateAnchor',
  severity: 'error',
  what: 'The data of a generate rule has a field that looks like an anchor.',
  why: 'The data is written as it is, and the webhook refuses anchors in it.',
  mend: 'Write the plain name of the field.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
  bad: clusterPolicy(generateRule(sample('+(color)'))),
  good: clusterPolicy(generateRule(sample('color'))),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const target of generateTargetsOf(rule)) {
        for (const { key, pointer } of spotsIn(target.data, below(target.pointer, 'data'), name => anchorOf(name) !== undefined)) {
          report({ object, pointer, found: `${key} in the data of the rule ${rule.name}` });
        }
      }
    }
  },
};

function sample(field: string): string {
  return `
apiVersion: v1
kind: ConfigMap
name: settings
namespace: "{{ request.object.metadata.name }}"
data: { data: { ${field}: blue } }`;
}
