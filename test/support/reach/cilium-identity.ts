import type { Endpoint, PodEndpoint } from './endpoint';

export const POD_NAMESPACE = 'io.kubernetes.pod.namespace';
export const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels';
export const POLICY_CLUSTER = 'io.cilium.k8s.policy.cluster';
const SERVICE_ACCOUNT = 'io.cilium.k8s.policy.serviceaccount';

/**
 * Pod labels that are no part of an identity, so that no selector ever sees them.
 *
 * @see https://docs.cilium.io/en/stable/operations/performance/scalability/identity-relevant-labels/
 */
const IRRELEVANT = new RegExp([
  'io\\.kubernetes',
  'kubernetes\\.io',
  'statefulset\\.kubernetes\\.io/pod-name',
  'apps\\.kubernetes\\.io/pod-index',
  'batch\\.kubernetes\\.io/job-completion-index',
  'batch\\.kubernetes\\.io/controller-uid',
  'beta\\.kubernetes\\.io',
  'k8s\\.io',
  'pod-template-generation',
  'pod-template-hash',
  'controller-revision-hash',
  'annotation',
  'controller-uid',
  'etcd_node',
].map((prefix) => `^${prefix}`).join('|'));

/** A key with its source; a key without one is of any source. */
export function splitKey(key: string): { source: string; name: string } {
  const colon = key.indexOf(':');
  return colon < 0 ? { source: 'any', name: key } : { source: key.slice(0, colon), name: key.slice(colon + 1) };
}

/** The value that an endpoint's identity has for a key, as `k8s:app`, `reserved:host` or `app`. */
export function identityLabel(endpoint: Endpoint, key: string, clusterName: string): string | undefined {
  const { source, name } = splitKey(key);
  if (endpoint.kind === 'pod' && !endpoint.hostNetwork && name.startsWith(`${NAMESPACE_LABELS}.`)) {
    return source === 'any' || source === 'k8s' ? endpoint.namespaceLabelOf(name.slice(NAMESPACE_LABELS.length + 1)) : undefined;
  }
  const label = identity(endpoint, clusterName).find((one) => one.name === name && (source === 'any' || source === one.source));
  return label?.value;
}

export function isReserved(endpoint: Endpoint, ...names: string[]): boolean {
  return identity(endpoint, '').some(({ source, name }) => source === 'reserved' && names.includes(name));
}

interface IdentityLabel {
  readonly source: string;
  readonly name: string;
  readonly value: string;
}

/** Labels of namespaces are left to `identityLabel`, which knows when they are unknown. */
function identity(endpoint: Endpoint, clusterName: string): IdentityLabel[] {
  switch (endpoint.kind) {
    case 'pod': return endpoint.hostNetwork ? [reserved(endpoint.sameNode ? 'host' : 'remote-node')] : podIdentity(endpoint, clusterName);
    case 'node': return [
      reserved('remote-node'),
      ...Object.entries(endpoint.labels).flatMap(([name, value]) => ['node', 'k8s'].map((source) => ({ source, name, value }))),
    ];
    case 'outside': return [reserved('world')];
    case 'entity': return [reserved(endpoint.entity)];
  }
}

function podIdentity(pod: PodEndpoint, clusterName: string): IdentityLabel[] {
  const labels = {
    [POLICY_CLUSTER]: clusterName,
    ...Object.fromEntries(Object.entries(pod.labels).filter(([key]) => !IRRELEVANT.test(key))),
    [POD_NAMESPACE]: pod.namespace,
    [SERVICE_ACCOUNT]: pod.serviceAccount,
  };
  return Object.entries(labels).map(([name, value]) => ({ source: 'k8s', name, value }));
}

function reserved(name: string): IdentityLabel {
  return { source: 'reserved', name, value: '' };
}
