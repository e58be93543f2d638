import { schemaRule } from './schema-rule';

export const unknownField = schemaRule('UnknownField', {
  severity: 'error',
  what: 'A field that the kind does not have.',
  why: 'The API server refuses it when it validates strictly, as kubectl does by default, and so does server-side apply, which Flux uses; otherwise it drops the field, and what was meant is not in force.',
  mend: 'Mend its spelling or its place, or leave it out.',
  link: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelectr: { matchLabels: { app: web } }
  policyTypes: [Ingress]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
`,
});
