import { scopeOf } from './scope';
import { isTemplate, step } from './text';
import { annotationKeyProblem } from '../../values/labels';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

/** Of all annotations of an object together, keys and values. */
const MOST_BYTES = 256 * 1024;

export const invalidAnnotation: ObjectRule = {
  id: 'kubernetes/InvalidAnnotation',
  severity: 'error',
  what: 'An annotation has a key that Kubernetes does not take, or all of them together are over 256 KiB.',
  why: 'The API server refuses the object.',
  mend: 'Write an optional DNS prefix and a \'/\', then a name of letters, digits, \'-\', \'_\' and \'.\'; keep long texts elsewhere.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { "owner of this": "the shop team" } }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { example.com/owner: "the shop team, see https://example.com" } }
`,
  checkObject(located, report) {
    if (!scopeOf(located.object)) return;
    let bytes = 0;
    for (const [key, value] of Object.entries(asObject(asObject(located.object.metadata)?.annotations) ?? {})) {
      bytes += key.length + (typeof value === 'string' ? value.length : 0);
      const wrong = isTemplate(key) ? undefined : annotationKeyProblem(key);
      if (wrong) {
        report({
          object: located,
          pointer: `/metadata/annotations/${step(key)}`,
          found: `the annotation key ${wrong.given}; allowed: ${wrong.allowed}`,
          mend: wrong.mend,
        });
      }
    }
    if (bytes > MOST_BYTES) report({ object: located, pointer: '/metadata/annotations', found: `${bytes} bytes of annotations` });
  },
};
