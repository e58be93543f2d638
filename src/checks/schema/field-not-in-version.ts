import { schemaRule } from './schema-rule';

export const fieldNotInVersion = schemaRule('FieldNotInVersion', {
  severity: 'error',
  what: 'A field that the target\'s version does not have yet, or has no longer.',
  why: 'The API server refuses the field or drops it, and what was meant is not in force.',
  mend: 'Leave it out, or name the version that the cluster runs as the target.',
  link: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  bad: `
# target: { cilium: '1.17' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  log: { value: web }
  ingress: [{ fromEntities: [health] }]
`,
  good: `
# target: { cilium: '1.18' }
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  log: { value: web }
  ingress: [{ fromEntities: [health] }]
`,
});
