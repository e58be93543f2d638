import { readNetworkPolicy } from './read-network-policy';
import type { ObjectRule } from '../rule';

export const namedPortToAddress: ObjectRule = {
  id: 'network/NamedPortToAddress',
  severity: 'warning',
  what: 'An egress rule names a port by name, and its peers by address.',
  why: 'Only pods have named ports: towards an address the rule allows nothing.',
  mend: 'Write the number of the port.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicyPort',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: 192.0.2.10/32 } }], ports: [{ port: https, protocol: TCP }] }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.10/32 } }], ports: [{ port: https, protocol: TCP }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    for (const { direction, peers, ports } of readNetworkPolicy(object)?.rules ?? []) {
      // For ingress the name is looked up in the selected pod, whoever the peer is.
      if (direction === 'ingress' || peers.length === 0 || !peers.every(({ isIpBlock }) => isIpBlock)) continue;
      for (const { port, pointer } of ports) {
        if (typeof port === 'string') report({ object, pointer: `${pointer}/port`, found: `the port '${port}' of an ipBlock` });
      }
    }
  },
};
