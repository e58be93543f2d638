import { readNetworkPolicy } from './read-network-policy';
import { cidrProblem, cidrToString, parseCidr } from '../../values/cidr';
import type { ObjectRule } from '../rule';

export const hostBits: ObjectRule = {
  id: 'network/HostBits',
  severity: 'warning',
  what: 'An ipBlock has bits set beyond its prefix.',
  why: 'They are masked away: the whole network is meant, where one address may have been.',
  mend: 'Write the network, or /32 (/128) for the one address.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#IPBlock',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 10.1.2.3/8 } }] }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 10.1.2.3/32 } }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    for (const { peers } of readNetworkPolicy(object)?.rules ?? []) {
      for (const { cidr, excepts, isIpBlock, pointer } of peers) {
        if (!isIpBlock) continue;
        const networks = [...(cidr === undefined ? [] : [{ text: cidr, pointer: `${pointer}/ipBlock/cidr` }]), ...excepts];
        for (const network of networks) {
          const parsed = parseCidr(network.text);
          const wrong = parsed && cidrProblem(network.text);
          if (parsed && wrong) {
            report({
              object,
              pointer: network.pointer,
              found: `${network.text}, which is read as ${cidrToString(parsed)}`,
              mend: wrong.mend,
            });
          }
        }
      }
    }
  },
};
