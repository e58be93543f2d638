import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const emptyL7Rules: ObjectRule = {
  id: 'cilium/EmptyL7Rules',
  severity: 'warning',
  what: 'A list of HTTP, DNS or Kafka rules is empty.',
  why: 'An empty list is no L7 policy: every request passes, and nothing is seen of it.',
  mend: 'Write `http: [{}]` (or `matchPattern: "*"`) to see every request, name the requests to allow, or leave the rules out.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-7-examples',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [] } }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{}] } }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { fields, pointer } of readPolicy(object).portRules) {
      for (const kind of ['http', 'dns', 'kafka']) {
        const list = asObject(fields.rules)?.[kind];
        if (Array.isArray(list) && list.length === 0) report({ object, pointer: `${pointer}/rules/${kind}`, found: `${kind}: []` });
      }
    }
  },
};
