import { cidrTexts } from './cidr-texts';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { PRIVATE_RANGES } from '../../target/addresses';
import { cidrContains, parseCidr } from '../../values/cidr';
import { show } from '../kubernetes/text';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

/** What the `kubernetes` Service is called in the ranges that kubeadm, k3s, EKS and AKS choose. */
const USUAL_ADDRESSES = new Set(['10.96.0.1/32', '10.43.0.1/32', '172.20.0.1/32', '10.100.0.1/32', '10.0.0.1/32']);
const PRIVATE = PRIVATE_RANGES.map(range => parseCidr(range)!);

export const apiServerByAddress: ObjectRule = {
  id: 'cilium/ApiServerByAddress',
  severity: 'warning',
  what: 'Egress to the API server is allowed by address or by Service.',
  why: 'A CIDR does not match the nodes of the cluster, nor the address of a Service, which is replaced before policies are looked at.',
  mend: 'Write `toEntities: [kube-apiserver]`.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#access-to-from-kube-apiserver',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: operator, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: operator } }
  egress:
    - toCIDR: [10.96.0.1/32]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: operator, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: operator } }
  egress:
    - toEntities: [kube-apiserver]
      toPorts: [{ ports: [{ port: "6443", protocol: TCP }] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    // A policy for nodes may well know their neighbours by address, where remote nodes have no identity.
    const items = readPolicy(object).items.filter(({ direction, rule }) => direction === 'egress' && !asObject(rule.fields.nodeSelector));
    for (const { item, text, pointer } of cidrTexts(items)) {
      const ports = item.portRules.flatMap(portRule => portRule.ports.map(({ port }) => port));
      const isServer = USUAL_ADDRESSES.has(text) ? ports.length === 0 || ports.includes('443') || ports.includes('6443') : ports.includes('6443') && isPrivate(text);
      if (isServer && !item.deny) report({ object, pointer, found: `${show(text)}, which looks like the API server` });
    }
    for (const { fields, pointer } of items) {
      const index = asList(fields.toServices).findIndex(service => {
        const { serviceName, namespace } = asObject(asObject(service)?.k8sService) ?? {};
        return serviceName === 'kubernetes' && namespace === 'default';
      });
      if (index >= 0) report({ object, pointer: `${pointer}/toServices/${index}`, found: 'the Service default/kubernetes' });
    }
  },
};

function isPrivate(text: string): boolean {
  const cidr = parseCidr(text);
  return cidr !== undefined && PRIVATE.some(range => cidrContains(range, cidr));
}
