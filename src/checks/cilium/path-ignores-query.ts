import { pathShape } from './path-shape';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const pathIgnoresQuery: ObjectRule = {
  id: 'cilium/PathIgnoresQuery',
  severity: 'info',
  what: 'A GET is allowed for one path, without a query.',
  why: 'The query is part of what is matched: the same path with `?page=2` is refused.',
  mend: 'Add `(\\?.*)?` where queries are wanted.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#http',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ method: GET, path: /orders }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ method: GET, path: '/orders(\\?.*)?' }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { http, pointer } of readPolicy(object).portRules) {
      for (const [index, { method, path }] of http.entries()) {
        const isRead = method === undefined || method === 'GET';
        if (isRead && pathShape(path) === 'exact') report({ object, pointer: `${pointer}/rules/http/${index}/path`, found: `path ${show(path)}` });
      }
    }
  },
};
