import { schemaRule } from './schema-rule';

export const fieldNotAllowedHere = schemaRule('FieldNotAllowedHere', {
  severity: 'error',
  what: 'A field that only goes with another value of the field beside it.',
  why: 'The API server refuses the object.',
  mend: 'Leave it out, or change the field beside it.',
  link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules',
  bad: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: web }
  install: { strategy: { name: RemediateOnFailure, retryInterval: 1m } }
`,
  good: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: web }
  install: { strategy: { name: RetryOnFailure, retryInterval: 1m } }
`,
});
