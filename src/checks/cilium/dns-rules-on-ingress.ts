import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

export const dnsRulesOnIngress: ObjectRule = {
  id: 'cilium/DnsRulesOnIngress',
  severity: 'error',
  what: 'DNS rules stand in an ingress item.',
  why: 'The DNS proxy looks at what pods ask, not at what they are asked: the agent drops the whole policy.',
  mend: 'Write the DNS rules in an egress item of the pods that ask.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#dns-policy-and-ip-discovery',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: dns, namespace: kube-system }
spec:
  endpointSelector: { matchLabels: { k8s-app: kube-dns } }
  ingress:
    - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: dns, namespace: shop }
spec:
  endpointSelector: {}
  egress:
    - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    for (const { item, dns, pointer } of readPolicy(object).portRules) {
      if (dns.length > 0 && item.direction === 'ingress' && !item.deny) report({ object, pointer: `${pointer}/rules/dns`, found: 'DNS rules on ingress' });
    }
  },
};
