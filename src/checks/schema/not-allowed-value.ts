import { schemaRule } from './schema-rule';

export const notAllowedValue = schemaRule('NotAllowedValue', {
  severity: 'error',
  what: 'A value that is none of those which its field takes.',
  why: 'The API server refuses the object.',
  mend: 'Write one of the values that are allowed.',
  link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress:
    - fromEntities: [health]
      toPorts: [{ ports: [{ port: "4240", protocol: tcp }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress:
    - fromEntities: [health]
      toPorts: [{ ports: [{ port: "4240", protocol: TCP }] }]
`,
});
