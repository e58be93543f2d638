import { readNetworkPolicy } from './read-network-policy';
import { parseCidr } from '../../values/cidr';
import type { ObjectRule } from '../rule';

export const openToInternet: ObjectRule = {
  id: 'network/OpenToInternet',
  severity: 'warning',
  what: 'A NetworkPolicy opens ingress to every address, or egress to every address on every port.',
  why: 'Anything that can route to the pod reaches it, or the pod reaches all of the internet and the networks around the cluster.',
  mend: 'Name the networks that are meant, or the gateway\'s pods; for egress name ports, and leave private ranges out with except.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-ipblock-selectors',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 8443, protocol: TCP }] }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ports: [{ port: 8443, protocol: TCP }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    const policy = readNetworkPolicy(object);
    for (const { direction, peers, ports } of policy?.rules ?? []) {
      if (!policy?.isolates[direction]) continue;
      for (const { cidr, excepts, pointer } of peers) {
        // Half of all addresses is as good as all of them: 0.0.0.0/1 and 128.0.0.0/1 are written to hide it.
        const prefix = cidr === undefined ? undefined : parseCidr(cidr)?.prefix;
        if (prefix === undefined || prefix > 1) continue;
        if (direction === 'ingress') {
          report({ object, pointer: `${pointer}/ipBlock`, found: `ingress from ${cidr}` });
        } else if (ports.length === 0 && excepts.length === 0) {
          report({
            object,
            pointer: `${pointer}/ipBlock`,
            found: `egress to ${cidr} on every port`,
          });
        }
      }
    }
  },
};
