import { asObject, asString } from '../read';
import type { ObjectRule } from '../rule';

export const celPolicyNeverRuns: ObjectRule = {
  id: 'kyverno/CelPolicyNeverRuns',
  severity: 'error',
  what: 'A MutatingPolicy runs neither at admission nor for what exists.',
  why: 'Nothing is left for it to change, and the webhook refuses it.',
  mend: 'Turn `evaluation.admission.enabled` or `evaluation.mutateExisting.enabled` on.',
  link: 'https://kyverno.io/docs/policy-types/mutating-policy/',
  bad: sample('{ admission: { enabled: false } }'),
  good: sample('{ admission: { enabled: false }, mutateExisting: { enabled: true } }'),
  kinds: ['MutatingPolicy', 'NamespacedMutatingPolicy'],
  checkObject(object, report) {
    if (!asString(object.object.apiVersion)?.startsWith('policies.kyverno.io/')) return;
    const evaluation = asObject(asObject(object.object.spec)?.evaluation) ?? {};
    if (asObject(evaluation.admission)?.enabled === false && asObject(evaluation.mutateExisting)?.enabled !== true) {
      report({ object, pointer: '/spec/evaluation', found: 'admission off, and mutateExisting not on' });
    }
  },
};

function sample(evaluation: string): string {
  return `
apiVersion: policies.kyverno.io/v1
kind: MutatingPolicy
metadata: { name: sample }
spec:
  evaluation: ${evaluation}
  matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: [v1], resources: [configmaps], operations: [CREATE] }] }
  mutations: [{ patchType: JSONPatch, jsonPatch: { expression: "[JSONPatch{op: 'add', path: '/metadata/labels', value: {'team': 'shop'}}]" } }]
`;
}
