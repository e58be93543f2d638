import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

const ALLOW_ONLY = ['rules', 'serverNames', 'listener', 'terminatingTLS', 'originatingTLS'];

export const denyHasNoL7: ObjectRule = {
  id: 'cilium/DenyHasNoL7',
  severity: 'error',
  what: 'A deny has L7 rules, server names or DNS names.',
  why: 'Denies know peers and ports only. Where the API server prunes the field, the deny is for everything on that port, or for nothing.',
  mend: 'Allow what is wanted with L7 rules instead; what they do not name is refused.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#deny-policies',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: no-admin, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  enableDefaultDeny: { ingress: false }
  ingressDeny:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ path: "/admin/.*" }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: no-admin, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ path: "/v1/.*" }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { deny, fields, pointer, portRules } of readPolicy(object).items) {
      if (!deny) continue;
      if (fields.toFQDNs) report({ object, pointer: `${pointer}/toFQDNs`, found: 'toFQDNs in a deny' });
      for (const portRule of portRules) {
        const field = ALLOW_ONLY.find(each => portRule.fields[each]);
        if (field) report({ object, pointer: `${portRule.pointer}/${field}`, found: `${field} in a deny` });
      }
    }
  },
};
