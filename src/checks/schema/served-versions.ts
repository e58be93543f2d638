import { versionOf } from './kind-schemas';
import { type ProductName, productOf } from './products';
import type { Target } from '../../target/target';
import { compareMinor } from '../../values/semver-minor';

/** When a version of a kind is served, by versions of the product. */
export interface Service {
  readonly since?: string;
  /** The first version that does not serve it. */
  readonly until?: string;
  /** The first version that warns of it. */
  readonly deprecated?: string;
}

/** The versions of a kind: what is not here never was. */
export type Services = ReadonlyMap<string, Service>;

/** `Kind Kind ...`, by version: `v1`, or with bounds `v1beta1 since 1.2 until 1.25 deprecated 1.21`. */
type Group = readonly { readonly kinds: string; readonly versions: readonly string[] }[];

/**
 * The API versions of kinds whose versions are all known, by group. The rules for Flux tell of its own.
 *
 * @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
const GROUPS: Record<string, Group> = {
  '': [{ kinds: 'ConfigMap Endpoints LimitRange Namespace PersistentVolume PersistentVolumeClaim Pod ResourceQuota Secret Service ServiceAccount', versions: ['v1'] }],
  'apps': [
    { kinds: 'DaemonSet ReplicaSet', versions: ['v1', 'v1beta2 until 1.16'] },
    { kinds: 'Deployment StatefulSet', versions: ['v1', 'v1beta1 until 1.16', 'v1beta2 until 1.16'] },
  ],
  'autoscaling': [{ kinds: 'HorizontalPodAutoscaler', versions: ['v2', 'v1', 'v2beta1 until 1.25', 'v2beta2 until 1.26'] }],
  'batch': [
    { kinds: 'CronJob', versions: ['v1', 'v1beta1 until 1.25', 'v2alpha1 until 1.21'] },
    { kinds: 'Job', versions: ['v1'] },
  ],
  'extensions': [
    { kinds: 'DaemonSet Deployment NetworkPolicy PodSecurityPolicy ReplicaSet', versions: ['v1beta1 until 1.16'] },
    { kinds: 'Ingress', versions: ['v1beta1 until 1.22'] },
  ],
  'networking.k8s.io': [
    { kinds: 'NetworkPolicy', versions: ['v1'] },
    { kinds: 'Ingress IngressClass', versions: ['v1', 'v1beta1 until 1.22'] },
  ],
  'policy': [
    { kinds: 'PodDisruptionBudget', versions: ['v1', 'v1beta1 until 1.25'] },
    { kinds: 'PodSecurityPolicy', versions: ['v1beta1 until 1.25'] },
  ],
  'rbac.authorization.k8s.io': [
    { kinds: 'ClusterRole ClusterRoleBinding Role RoleBinding', versions: ['v1', 'v1beta1 until 1.22', 'v1alpha1 until 1.22'] },
  ],
  'apiextensions.k8s.io': [{ kinds: 'CustomResourceDefinition', versions: ['v1', 'v1beta1 until 1.22'] }],
  'apiregistration.k8s.io': [{ kinds: 'APIService', versions: ['v1', 'v1beta1 until 1.22'] }],
  'admissionregistration.k8s.io': [
    { kinds: 'MutatingWebhookConfiguration ValidatingWebhookConfiguration', versions: ['v1', 'v1beta1 until 1.22'] },
  ],
  'coordination.k8s.io': [{ kinds: 'Lease', versions: ['v1', 'v1beta1 until 1.22'] }],
  'discovery.k8s.io': [{ kinds: 'EndpointSlice', versions: ['v1', 'v1beta1 until 1.25'] }],
  'node.k8s.io': [{ kinds: 'RuntimeClass', versions: ['v1', 'v1beta1 until 1.25', 'v1alpha1 until 1.23'] }],
  'scheduling.k8s.io': [{ kinds: 'PriorityClass', versions: ['v1', 'v1beta1 until 1.22', 'v1alpha1 until 1.17'] }],
  'storage.k8s.io': [{ kinds: 'CSIDriver CSINode StorageClass', versions: ['v1', 'v1beta1 until 1.22'] }],
  // https://docs.cilium.io/en/stable/network/kubernetes/policy/
  'cilium.io': [
    { kinds: 'CiliumClusterwideNetworkPolicy CiliumNetworkPolicy', versions: ['v2'] },
    { kinds: 'CiliumCIDRGroup', versions: ['v2 since 1.18', 'v2alpha1 deprecated 1.18'] },
  ],
  // https://kyverno.io/docs/policy-types/overview/
  'kyverno.io': [
    { kinds: 'ClusterPolicy Policy', versions: ['v1', 'v2beta1'] },
    { kinds: 'CleanupPolicy ClusterCleanupPolicy PolicyException', versions: ['v2', 'v2beta1', 'v2alpha1 until 1.12'] },
  ],
  'policies.kyverno.io': [
    { kinds: 'ImageValidatingPolicy ValidatingPolicy', versions: ['v1 since 1.17', 'v1beta1 since 1.16', 'v1alpha1 since 1.14 deprecated 1.17'] },
    { kinds: 'DeletingPolicy GeneratingPolicy MutatingPolicy', versions: ['v1 since 1.17', 'v1beta1 since 1.16', 'v1alpha1 since 1.15 deprecated 1.17'] },
    { kinds: 'NamespacedDeletingPolicy NamespacedImageValidatingPolicy NamespacedValidatingPolicy', versions: ['v1 since 1.17', 'v1beta1 since 1.16'] },
    { kinds: 'NamespacedGeneratingPolicy NamespacedMutatingPolicy', versions: ['v1 since 1.17', 'v1beta1 since 1.17'] },
    { kinds: 'PolicyException', versions: ['v1 since 1.17', 'v1beta1 since 1.16', 'v1alpha1 since 1.14 deprecated 1.17'] },
  ],
};

interface Served {
  readonly product: ProductName;
  readonly services: Services;
}

/** By kind, and then by group. Asked of every object several times, so no text is made to look up. */
const SERVED = new Map<string, Map<string, Served>>();
for (const [group, entries] of Object.entries(GROUPS)) {
  for (const { kinds, versions } of entries) {
    const served: Served = { product: productOf(group), services: new Map(versions.map(readService)) };
    for (const kind of kinds.split(' ')) SERVED.set(kind, (SERVED.get(kind) ?? new Map<string, Served>()).set(group, served));
  }
}

/** Every kind whose versions are known. */
export const KINDS_WITH_VERSIONS: readonly string[] = [...SERVED.keys()];

/** The versions of a kind, with the product that serves it. */
export function servicesOf(group: string, kind: string): Served | undefined {
  return SERVED.get(kind)?.get(group);
}

/** The group that a kind belongs to, where another one that is as well known is said to have it. */
export function homeOf(group: string, kind: string): string | undefined {
  const groups = SERVED.get(kind);
  if (!groups || groups.has(group) || !Object.hasOwn(GROUPS, group)) return undefined;
  // The first one in the order above.
  return groups.keys().next().value;
}

/** The newest `apiVersion` that serves a kind in a target, in its group or in the one that it has moved to. */
export function newestVersion(group: string, kind: string, target: Target): string | undefined {
  for (const candidate of [group, ...Object.keys(GROUPS)]) {
    const known = servicesOf(candidate, kind);
    const version = known && known.product === productOf(group) && newestIn(known.services, known.product, target);
    if (version) return candidate === '' ? version : `${candidate}/${version}`;
  }
  return undefined;
}

function newestIn(services: Services, product: ProductName, target: Target): string | undefined {
  if (product === 'other') return undefined;
  const running = versionOf(target, product);
  // They are listed from the one to write.
  return [...services].find(([, { since = running, until }]) => compareMinor(running, since) >= 0 && until === undefined)?.[0];
}

function readService(text: string): [string, Service] {
  const [version = '', ...words] = text.split(' ');
  const bounds: Record<string, string> = {};
  for (let at = 0; at + 1 < words.length; at += 2) bounds[words[at]!] = words[at + 1]!;
  return [version, bounds];
}
