import { schemaRule } from './schema-rule';

export const limitExceeded = schemaRule('LimitExceeded', {
  severity: 'error',
  what: 'A number, a length or a count that is too high or too low for its field.',
  why: 'The API server refuses the object.',
  mend: 'Keep within what is allowed.',
  link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  bad: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  releaseName: the-web-shop-of-the-company-with-its-payments-and-invoices
  interval: 10m
  chartRef: { kind: OCIRepository, name: web }
`,
  good: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  releaseName: web-shop
  interval: 10m
  chartRef: { kind: OCIRepository, name: web }
`,
});
