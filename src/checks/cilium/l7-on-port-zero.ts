import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

export const l7OnPortZero: ObjectRule = {
  id: 'cilium/L7OnPortZero',
  severity: 'error',
  what: 'L7 rules stand with port 0, which means every port.',
  why: 'The agent cannot redirect every port to a proxy and drops the whole policy.',
  mend: 'Name the ports that speak the protocol.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-7-examples',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "0", protocol: TCP }], rules: { http: [{ method: GET }] } }]
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
      const zero = l7.length > 0 && !item.deny ? ports.find(({ port }) => port === '0') : undefined;
      if (zero) report({ object, pointer: `${zero.pointer}/port`, found: `port 0 with ${l7.join(' and ')} rules` });
    }
  },
};
