import { scopeOf } from './scope';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const missingName: ObjectRule = {
  id: 'kubernetes/MissingName',
  severity: 'error',
  what: 'An object has neither a name nor a generateName.',
  why: 'The API server refuses the object.',
  mend: 'Write metadata.name.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { namespace: shop }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { generateName: settings-, namespace: shop }
`,
  checkObject(located, report) {
    if (!scopeOf(located.object)) return;
    const { name, generateName } = asObject(located.object.metadata) ?? {};
    if (isMissing(name) && isMissing(generateName)) report({ object: located, pointer: '/metadata', found: 'no name' });
  },
};

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
