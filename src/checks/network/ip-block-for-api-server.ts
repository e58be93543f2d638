import { readNetworkPolicy } from './read-network-policy';
import type { ObjectRule } from '../rule';

/** Where API servers and kubelets listen. */
const NODE_PORTS = [6443, 10250];

export const ipBlockForApiServer: ObjectRule = {
  id: 'network/IpBlockForApiServer',
  severity: 'warning',
  what: 'On Cilium, an ipBlock is to allow egress to the API server or a kubelet.',
  // A CIDR matches only what has no identity, and nodes and the API server have one unless policyCIDRMatchMode holds nodes.
  why: 'Cilium knows nodes and the API server by identity and not by address: unless the agent is told otherwise, the rule allows nothing.',
  mend: 'Write a CiliumNetworkPolicy with toEntities [kube-apiserver] (AllowKubeApi does), or set policyCIDRMatchMode to nodes.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#selecting-nodes-with-cidr-ipblock',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: operator, namespace: shop }
spec:
  podSelector: { matchLabels: { app: operator } }
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: 10.0.0.5/32 } }], ports: [{ port: 6443, protocol: TCP }] }]
`,
  good: `
# target: { cni: calico }
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: operator, namespace: shop }
spec:
  podSelector: { matchLabels: { app: operator } }
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: 10.0.0.5/32 } }], ports: [{ port: 6443, protocol: TCP }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report, { target }) {
    if (target.cilium === undefined) return;
    for (const { direction, peers, ports } of readNetworkPolicy(object)?.rules ?? []) {
      if (direction !== 'egress' || peers.length === 0 || !peers.every(({ isIpBlock }) => isIpBlock)) continue;
      const port = ports.find(entry => typeof entry.port === 'number' && NODE_PORTS.includes(entry.port));
      if (port) {
        report({
          object,
          pointer: `${port.pointer}/port`,
          found: `port ${port.port} of ${peers.map(({ cidr }) => cidr ?? 'an ipBlock').join(', ')}`,
        });
      }
    }
  },
};
