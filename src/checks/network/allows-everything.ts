import { readNetworkPolicy } from './read-network-policy';
import type { ObjectRule } from '../rule';

export const allowsEverything: ObjectRule = {
  id: 'network/AllowsEverything',
  severity: 'warning',
  what: 'A rule of a NetworkPolicy names neither peers nor ports.',
  why: 'It allows everyone on every port, the outside of the cluster too, and makes the other rules of that direction void.',
  mend: 'Name the peers and ports that are meant, or drop the direction from the policy.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{}] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: 8443, protocol: TCP }] }] }
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    const policy = readNetworkPolicy(object);
    for (const { direction, peers, ports, pointer } of policy?.rules ?? []) {
      if (peers.length === 0 && ports.length === 0 && policy?.isolates[direction]) {
        report({ object, pointer, found: `an ${direction} rule for everyone on every port` });
      }
    }
  },
};
