import { CILIUM_POLICIES, ciliumAtLeast, readPolicy } from './read-policy';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const l7InNodePolicy: ObjectRule = {
  id: 'cilium/L7InNodePolicy',
  severity: 'error',
  what: 'A policy for nodes has L7 rules.',
  why: 'The host firewall has no proxy, but for DNS on egress since Cilium 1.19: the agent drops the whole policy.',
  mend: 'Leave the L7 rules out, and allow the ports only.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#host-policies',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: nodes }
spec:
  nodeSelector: {}
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "9100", protocol: TCP }], rules: { http: [{ path: /metrics }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: nodes }
spec:
  nodeSelector: {}
  ingress:
    - fromEntities: [cluster]
      toPorts: [{ ports: [{ port: "9100", protocol: TCP }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    const takesDns = ciliumAtLeast(context, '1.19');
    for (const { item, l7, pointer } of readPolicy(object).portRules) {
      if (item.deny || !asObject(item.rule.fields.nodeSelector)) continue;
      const refused = l7.filter(kind => !(takesDns && kind === 'dns' && item.direction === 'egress'));
      if (refused.length > 0) report({ object, pointer: `${pointer}/rules`, found: `${refused.join(' and ')} rules for nodes` });
    }
  },
};
