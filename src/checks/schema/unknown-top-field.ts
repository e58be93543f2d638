import { schemaRule } from './schema-rule';

export const unknownTopField = schemaRule('UnknownTopField', {
  severity: 'warning',
  what: 'A field beside the `spec` of a custom resource that the kind does not have.',
  why: 'Both kubectl and server-side apply refuse it unless validation is turned off; otherwise the API server drops it.',
  mend: 'Move it into the spec, make it an annotation, or leave it out.',
  link: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
description: What the web may talk to.
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress: [{ fromEntities: [health] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  description: What the web may talk to.
  endpointSelector: { matchLabels: { app: web } }
  ingress: [{ fromEntities: [health] }]
`,
});
