import { schemaRule } from './schema-rule';

export const wrongType = schemaRule('WrongType', {
  severity: 'error',
  what: 'A value of another type than its field takes, such as a number where a text belongs.',
  why: 'The API server refuses the object.',
  mend: 'Write a value of the type that is allowed.',
  link: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: proxy } }]
      toPorts: [{ ports: [{ port: 8080, protocol: TCP }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: proxy } }]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
`,
});
