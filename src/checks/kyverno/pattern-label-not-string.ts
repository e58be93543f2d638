import { asObject } from '../read';
import type { ObjectRule } from '../rule';
import { below, shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { clusterPolicy } from './sample';

export const patternLabelNotString: ObjectRule = {
  id: 'kyverno/PatternLabelNotString',
  severity: 'error',
  what: 'A label or annotation in a pattern or patch is no string.',
  why: 'Labels and annotations of objects are strings, so it could never match, and the webhook refuses the policy.',
  mend: 'Quote the value.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/',
  bad: clusterPolicy(sample('true')),
  good: clusterPolicy(sample('"true"')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const [shape, pointer] of shapesOf(rule)) {
        for (const way of WAYS) {
          let metadata: unknown = shape;
          for (const field of way) metadata = asObject(metadata)?.[field];
          for (const map of ['labels', 'annotations']) {
            const texts = asObject(asObject(metadata)?.[map]);
            for (const key in texts) {
              const value = texts[key];
              if (typeof value !== 'string') report({ object, pointer: below(pointer, ...way, map, key), found: `${key}: ${shown(value)} in ${map}` });
            }
          }
        }
      }
    }
  },
};

/** Where metadata is, that of an object and that of its pods. */
const WAYS = [['metadata'], ['spec', 'template', 'metadata']];

/** What Kyverno looks at: of a foreach the first entry only. */
function shapesOf(rule: PolicyRule): [unknown, string][] {
  const patterns = rule.patterns.filter(({ ofElement }) => !ofElement).map(({ value, pointer }): [unknown, string] => [value, pointer]);
  return [...patterns, [rule.mutate.patchStrategicMerge, rule.at('mutate', 'patchStrategicMerge')]];
}

function sample(value: string): string {
  return `
- name: scraped
  match: { any: [{ resources: { kinds: [Service] } }] }
  validate:
    failureAction: Enforce
    message: A Service is scraped.
    pattern: { metadata: { annotations: { prometheus.io/scrape: ${value} } } }
`;
}
