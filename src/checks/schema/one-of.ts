import { schemaRule } from './schema-rule';

export const oneOf = schemaRule('OneOf', {
  severity: 'error',
  what: 'Fields that exclude each other stand together, or none is there where one must be.',
  why: 'The API server refuses the object.',
  mend: 'Keep one of them.',
  link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  bad: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: web }
  chart: { spec: { chart: web, sourceRef: { kind: HelmRepository, name: charts } } }
`,
  good: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  interval: 10m
  chartRef: { kind: OCIRepository, name: web }
`,
});
