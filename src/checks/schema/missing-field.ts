import { schemaRule } from './schema-rule';

export const missingField = schemaRule('MissingField', {
  severity: 'error',
  what: 'A field that must be there is not.',
  why: 'The API server refuses the object.',
  mend: 'Add the field.',
  link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10m
  path: ./shop
  sourceRef: { kind: GitRepository, name: platform }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10m
  path: ./shop
  prune: true
  sourceRef: { kind: GitRepository, name: platform }
`,
});
