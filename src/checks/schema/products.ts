import { CILIUM, FLUX, KUBERNETES, KYVERNO, type VersionRange } from '../../target/versions';

export type ProductName = 'cilium' | 'flux' | 'kubernetes' | 'kyverno' | 'other';

/** The products that serve kinds, with their versions; kinds of others are the same for every target. */
export const PRODUCTS: Record<Exclude<ProductName, 'other'>, VersionRange> = { cilium: CILIUM, flux: FLUX, kubernetes: KUBERNETES, kyverno: KYVERNO };

const KUBERNETES_GROUPS = new Set([
  '', 'apps', 'autoscaling', 'batch', 'extensions', 'policy', 'networking.k8s.io', 'rbac.authorization.k8s.io', 'apiextensions.k8s.io',
  'admissionregistration.k8s.io', 'apiregistration.k8s.io', 'certificates.k8s.io', 'coordination.k8s.io', 'discovery.k8s.io',
  'flowcontrol.apiserver.k8s.io', 'node.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io',
]);

/** The product that serves an API group. */
export function productOf(group: string): ProductName {
  if (KUBERNETES_GROUPS.has(group)) return 'kubernetes';
  if (group === 'cilium.io') return 'cilium';
  if (group === 'kyverno.io' || group === 'policies.kyverno.io') return 'kyverno';
  return group.endsWith('.toolkit.fluxcd.io') ? 'flux' : 'other';
}
