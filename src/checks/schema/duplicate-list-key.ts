import { schemaRule } from './schema-rule';

export const duplicateListKey = schemaRule('DuplicateListKey', {
  severity: 'error',
  what: 'A list of a custom resource names the same item twice.',
  why: 'The API server refuses the object.',
  mend: 'Leave one of them out, or give it another name.',
  link: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
  bad: `
apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: { name: team }
spec:
  validationActions: [Audit]
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
  matchConditions:
    - { name: not-ours, expression: "object.metadata.namespace != 'shop'" }
    - { name: not-ours, expression: "object.metadata.namespace != 'bank'" }
  validations: [{ expression: "'team' in object.metadata.labels" }]
`,
  good: `
apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: { name: team }
spec:
  validationActions: [Audit]
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
  matchConditions:
    - { name: not-shop, expression: "object.metadata.namespace != 'shop'" }
    - { name: not-bank, expression: "object.metadata.namespace != 'bank'" }
  validations: [{ expression: "'team' in object.metadata.labels" }]
`,
});
