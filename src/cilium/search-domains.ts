import type { Platform } from '../platform/platform';

/**
 * The domains that a pod's resolver appends to a name before it asks for the name itself, in its order.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#namespaces-of-services
 */
export function searchDomains(namespace: string, { clusterDomain, searchDomains: ofNodes }: Platform): string[] {
  return [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain, ...ofNodes];
}
