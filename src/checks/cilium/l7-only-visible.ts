import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const l7OnlyVisible: ObjectRule = {
  id: 'cilium/L7OnlyVisible',
  severity: 'info',
  what: 'HTTP or DNS rules stand in a direction that does not deny by default.',
  why: 'Unless another policy isolates the pods, Cilium adds a rule that lets every request pass: it is seen, and not refused.',
  mend: 'Leave enableDefaultDeny out to refuse other requests; keep it where seeing them is all that is wanted.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#default-deny',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  enableDefaultDeny: { ingress: false }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ path: "/v1/.*" }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  enableDefaultDeny: { ingress: false }
  ingress:
    - toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{}] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { item, http, dns, pointer } of readPolicy(object).portRules) {
      const isOpen = asObject(item.rule.fields.enableDefaultDeny)?.[item.direction] === false;
      const restricts = [http, dns].some(list => list.length > 0 && !list.some(takesEverything));
      if (isOpen && restricts) report({ object, pointer: `${pointer}/rules`, found: `L7 rules with enableDefaultDeny.${item.direction}: false` });
    }
  },
};

function takesEverything(rule: Record<string, unknown>): boolean {
  return Object.keys(rule).length === 0 || rule.matchPattern === '*';
}
