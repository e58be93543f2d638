import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { asList } from '../read';
import type { ObjectRule } from '../rule';

export const serverNamesWithL7: ObjectRule = {
  id: 'cilium/ServerNamesWithL7',
  severity: 'error',
  what: 'Server names stand with L7 rules, and nothing terminates TLS.',
  why: 'Requests inside TLS cannot be read without it: the agent drops the whole policy.',
  mend: 'Add terminatingTLS, or choose between serverNames and rules.',
  link: 'https://docs.cilium.io/en/stable/security/tls-visibility/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEntities: [world]
      toPorts:
        - ports: [{ port: "443", protocol: TCP }]
          serverNames: [api.example.com]
          rules: { http: [{ method: GET }] }
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toEntities: [world]
      toPorts:
        - ports: [{ port: "443", protocol: TCP }]
          serverNames: [api.example.com]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { item, fields, l7, pointer } of readPolicy(object).portRules) {
      const both = l7.length > 0 && asList(fields.serverNames).length > 0;
      if (both && !fields.terminatingTLS && !item.deny) report({ object, pointer: `${pointer}/serverNames`, found: `serverNames with ${l7.join(' and ')} rules` });
    }
  },
};
