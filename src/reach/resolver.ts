import type { Endpoint } from './endpoint';
import { PortSet } from './port-set';

/** Where resolvers listen, and where the images of CoreDNS and of OpenShift do behind them. */
export const DNS_PORTS = PortSet.union([53, 1053, 5353, 8053].flatMap(port => [PortSet.range('UDP', port, port), PortSet.range('TCP', port, port)]));

const RESOLVERS = ['kube-dns', 'coredns', 'node-local-dns'];
const NAMESPACES = ['kube-system', 'openshift-dns'];

/** Whether pods are labelled as those are that answer the names of a cluster. */
export function isNamedResolver({ labels }: Endpoint): boolean {
  return RESOLVERS.includes(labels['k8s-app'] ?? '') || labels['dns.operator.openshift.io/daemonset-dns'] !== undefined;
}

/** The same where nobody but the platform can put the label on a pod. */
export function isClusterResolver(endpoint: Endpoint): boolean {
  return NAMESPACES.includes(endpoint.namespace) && isNamedResolver(endpoint);
}
