import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { regexProblem } from './regex-problem';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const invalidHttpRegex: ObjectRule = {
  id: 'cilium/InvalidHttpRegex',
  severity: 'error',
  what: 'A path or method of an HTTP rule is no RE2 expression.',
  why: 'The agent compiles it and drops the whole policy; `*` alone is no expression, and lookaround does not exist.',
  mend: 'Write an RE2 expression for the whole text, such as `/api/.*`, or leave the field out.',
  link: 'https://github.com/google/re2/wiki/Syntax',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ path: "*" }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ path: ".*" }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { http, pointer } of readPolicy(object).portRules) {
      for (const [index, rule] of http.entries()) {
        for (const field of ['path', 'method']) {
          const problem = regexProblem(rule[field]);
          if (problem) report({ object, pointer: `${pointer}/rules/http/${index}/${field}`, found: `${field} ${show(rule[field])}`, mend: problem.mend });
        }
      }
    }
  },
};
