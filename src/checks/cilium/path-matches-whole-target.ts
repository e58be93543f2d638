import { pathShape } from './path-shape';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const pathMatchesWholeTarget: ObjectRule = {
  id: 'cilium/PathMatchesWholeTarget',
  severity: 'warning',
  what: 'The path of an HTTP rule looks like a prefix or a glob.',
  why: 'It is a regular expression for the whole request target, query included: what comes after it is refused with a 403.',
  mend: 'Write `/api/v1/.*` for everything below a path, and `(/.*)?` to have the path itself too.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#http',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ path: "^/api/v1/" }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ path: "/api/v1/.*" }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { http, pointer } of readPolicy(object).portRules) {
      for (const [index, { path }] of http.entries()) {
        const shape = pathShape(path);
        const place = `${pointer}/rules/http/${index}/path`;
        if (shape === 'prefix') report({ object, pointer: place, found: `path ${show(path)}, which matches that target only and nothing below it` });
        if (shape === 'glob') {
          report({
            object,
            pointer: place,
            found: `path ${show(path)}, in which * repeats the character before it`,
            mend: 'Write `.*` where anything may follow, and `[^/]*` for one segment.',
          });
        }
      }
    }
  },
};
