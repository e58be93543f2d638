import { asList, asObject, asString } from '../read';
import type { ObjectRule } from '../rule';

const KINDS = [
  'ValidatingPolicy', 'MutatingPolicy', 'GeneratingPolicy', 'NamespacedValidatingPolicy', 'NamespacedMutatingPolicy', 'NamespacedGeneratingPolicy',
];

export const celPolicyMatchesNothing: ObjectRule = {
  id: 'kyverno/CelPolicyMatchesNothing',
  severity: 'error',
  what: 'A policy of policies.kyverno.io has no resource rule.',
  why: 'It would be for nothing, and the webhook refuses it.',
  mend: 'Name the resources in `matchConstraints.resourceRules`, by group, version and plural.',
  link: 'https://kyverno.io/docs/policy-types/validating-policy/',
  bad: sample('[]'),
  good: sample('[{ apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE, UPDATE] }]'),
  kinds: KINDS,
  checkObject(object, report) {
    if (!asString(object.object.apiVersion)?.startsWith('policies.kyverno.io/')) return;
    const spec = asObject(object.object.spec) ?? {};
    // A policy for JSON is for any document.
    if (asObject(spec.evaluation)?.mode === 'JSON') return;
    if (asList(asObject(spec.matchConstraints)?.resourceRules).length === 0) {
      report({ object, pointer: '/spec/matchConstraints/resourceRules', found: 'no resource rule' });
    }
  },
};

function sample(resourceRules: string): string {
  return `
apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: { name: sample }
spec:
  validationActions: [Deny]
  matchConstraints: { resourceRules: ${resourceRules} }
  validations: [{ expression: "object.spec.replicas < 10", message: Too many. }]
`;
}
