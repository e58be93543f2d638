import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

const TLS_PORTS = new Set(['443', '8443', 'https']);

export const l7OnTlsPort: ObjectRule = {
  id: 'cilium/L7OnTlsPort',
  severity: 'warning',
  what: 'HTTP rules stand for a port that usually speaks TLS, and nothing terminates TLS.',
  why: 'The proxy sees bytes that are no HTTP and refuses the connection.',
  mend: 'Add terminatingTLS, allow by serverNames or toFQDNs instead, or acknowledge it where the port speaks plain HTTP.',
  link: 'https://docs.cilium.io/en/stable/security/tls-visibility/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEntities: [world]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }], rules: { http: [{ method: GET }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEntities: [world]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }], serverNames: [api.example.com] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { http, ports, fields, pointer } of readPolicy(object).portRules) {
      const tls = http.length > 0 && !fields.terminatingTLS ? ports.find(({ port }) => TLS_PORTS.has(port)) : undefined;
      if (tls) report({ object, pointer: `${pointer}/rules/http`, found: `HTTP rules on port ${tls.port} without terminatingTLS` });
    }
  },
};
