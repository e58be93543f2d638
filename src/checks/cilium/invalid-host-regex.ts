import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { regexProblem } from './regex-problem';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const invalidHostRegex: ObjectRule = {
  id: 'cilium/InvalidHostRegex',
  severity: 'warning',
  what: 'The host of an HTTP rule is no RE2 expression.',
  why: 'The agent does not compile it, Envoy does: the rule never works, and nothing says so at the policy.',
  mend: 'Write an RE2 expression for the whole host, such as `.*\\.example\\.com`.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#http',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ host: "*.example.com" }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ host: ".*[.]example[.]com" }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { http, pointer } of readPolicy(object).portRules) {
      for (const [index, { host }] of http.entries()) {
        const problem = regexProblem(host);
        if (problem) report({ object, pointer: `${pointer}/rules/http/${index}/host`, found: `host ${show(host)}`, mend: problem.mend });
      }
    }
  },
};
