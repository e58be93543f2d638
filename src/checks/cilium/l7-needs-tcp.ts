import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { isTemplate } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const l7NeedsTcp: ObjectRule = {
  id: 'cilium/L7NeedsTcp',
  severity: 'error',
  what: 'HTTP or Kafka rules stand with a port that is not TCP.',
  why: 'A port without a protocol is ANY; the agent wants TCP for each port of the list and drops the whole policy.',
  mend: 'Write `protocol: TCP`, and other protocols in an entry without rules.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-7-examples',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "8080" }], rules: { http: [{ method: GET }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ method: GET }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { item, l7, ports } of readPolicy(object).portRules) {
      const kind = l7.find(each => each !== 'dns');
      if (kind === undefined || item.deny) continue;
      const other = ports.find(({ protocol }) => protocol !== 'TCP' && !isTemplate(protocol));
      if (other) report({ object, pointer: other.pointer, found: `protocol ${other.protocol} with ${kind} rules` });
    }
  },
};
