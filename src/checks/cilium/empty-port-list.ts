import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

export const emptyPortList: ObjectRule = {
  id: 'cilium/EmptyPortList',
  severity: 'warning',
  what: 'An entry of toPorts names no port.',
  why: 'It is no word for every port: nothing is allowed or denied by it.',
  mend: 'Name the ports, write port "0" for every port, or leave toPorts out.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#limit-ingress-egress-ports',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [] }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { fields: { ports }, dns, pointer } of readPolicy(object).portRules) {
      // With DNS rules the agent refuses it, which is a finding of its own.
      const isEmpty = ports === undefined || ports === null || (Array.isArray(ports) && ports.length === 0);
      if (isEmpty && dns.length === 0) report({ object, pointer, found: 'no ports' });
    }
  },
};
