import { pathShape } from './path-shape';
import { CILIUM_POLICIES, type Fields, readPolicy } from './read-policy';
import { httpMethodProblem } from '../../values/http';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const httpRuleNeverMatches: ObjectRule = {
  id: 'cilium/HttpRuleNeverMatches',
  severity: 'warning',
  what: 'The path of an HTTP rule does not begin with a slash, or its method is not in upper case.',
  why: 'Both are compared with the request as it is: the rule allows nothing.',
  mend: 'Begin the path with `/`, and write the method in upper case.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#http',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ method: get, path: "/api/.*" }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ method: GET, path: "/api/.*" }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { http, pointer } of readPolicy(object).portRules) {
      for (const [index, rule] of http.entries()) {
        const field = neverMatching(rule);
        if (field) report({ object, pointer: `${pointer}/rules/http/${index}/${field}`, found: `${field} ${show(rule[field])}` });
      }
    }
  },
};

function neverMatching({ method, path }: Fields): 'method' | 'path' | undefined {
  if (pathShape(path) === 'relative') return 'path';
  const isMisspelt = typeof method === 'string' && method !== method.toUpperCase() && !httpMethodProblem(method.toUpperCase());
  return isMisspelt ? 'method' : undefined;
}
