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
        const places: [unknown, string][] = [
          [asObject(shape)?.metadata, below(pointer, 'metadata')],
          [asObject(asObject(asObject(shape)?.spec)?.template)?.metadata, below(pointer, 'spec', 'template', 'metadata')],
        ];
        for (const [metadata, at] of places) {
          for (const map of ['labels', 'annotations']) {
            for (const [key, value] of Object.entries(asObject(asObject(metadata)?.[map]) ?? {})) {
              if (typeof value !== 'string') report({ object, pointer: below(at, map, key), found: `${key}: ${shown(value)} in ${map}` });
            }
          }
        }
      }
    }
  },
};

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
