import { schemaRule } from './schema-rule';

export const badFormat = schemaRule('BadFormat', {
  severity: 'error',
  what: 'A text that does not have the form which its field asks for, such as a network without a prefix.',
  why: 'The API server refuses the object.',
  mend: 'Write it in the form that is allowed.',
  link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10 minutes
  path: ./shop
  prune: true
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
