import { parseAnchor } from '../anchor';
import { Dict, isDict, items } from '../json';
import { atLeast } from '../version';
import { hasWildcard } from '../wildcard';
import { eachRule, present, when } from './rules-of';

/** Kinds whose scope can be told without a cluster. */
const CLUSTER_SCOPED = [
  'Namespace', 'ClusterRole', 'ClusterRoleBinding', 'PersistentVolume', 'StorageClass', 'IngressClass', 'PriorityClass',
  'CustomResourceDefinition', 'CiliumClusterwideNetworkPolicy', 'ClusterPolicy',
];
const NAMESPACED = [
  'ConfigMap', 'Secret', 'ServiceAccount', 'Role', 'RoleBinding', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'Service', 'Ingress',
  'PodDisruptionBudget', 'CiliumNetworkPolicy', 'Kustomization', 'HelmRelease', 'GitRepository', 'OCIRepository', 'HelmRepository',
];

/** What the webhook refuses about generate rules. */
export function generateProblems(policy: Dict, kyvernoVersion: string): string[] {
  return eachRule(policy, ({ generate, celPreconditions, match }) => (isDict(generate) ? [
    ...when(celPreconditions !== undefined && atLeast(kyvernoVersion, '1.15'), 'celPreconditions are not for generate'),
    ...when(sources(generate).length > 1, `generate has more than one of ${sources(generate).join(', ')}`),
    ...(generate.foreach === undefined ? [generate] : items(generate.foreach)).flatMap(targetProblems),
    // Only kinds that stand directly under match.resources are compared.
    ...when(items(match?.resources?.kinds).includes(generate.kind), `it generates ${generate.kind}, which it matches itself`),
  ] : []));
}

function sources(generate: Dict): string[] {
  return [...present(generate, ['data', 'clone', 'foreach']), ...(items(generate.cloneList?.kinds).length > 0 ? ['cloneList'] : [])];
}

function targetProblems(target: Dict): string[] {
  return isDict(target.cloneList) && items(target.cloneList.kinds).length > 0 ? cloneListProblems(target) : [
    ...['apiVersion', 'kind', 'name'].filter((key) => !target[key]).map((key) => `generate needs ${key}`),
    ...scopeProblems(target.kind, target.namespace),
    ...anchorKeys(target.data).map((key) => `the key ${key} in data looks like an anchor`),
  ];
}

function scopeProblems(kind: unknown, namespace: unknown): string[] {
  return [
    ...when(NAMESPACED.includes(`${kind}`) && !namespace, `${kind} needs a namespace`),
    ...when(CLUSTER_SCOPED.includes(`${kind}`) && Boolean(namespace), `${kind} takes no namespace`),
  ];
}

function cloneListProblems({ cloneList, namespace }: Dict): string[] {
  const kinds: string[] = items(cloneList.kinds).map((kind) => `${kind}`.split('/').at(-1) ?? '');
  const scopes = new Set(kinds.map((kind) => (CLUSTER_SCOPED.includes(kind) ? 'cluster' : NAMESPACED.includes(kind) ? 'namespace' : 'unknown')));
  return [
    ...when(scopes.has('cluster') && scopes.has('namespace'), 'cloneList mixes namespaced and cluster-scoped kinds'),
    ...kinds.flatMap((kind) => scopeProblems(kind, namespace)),
    ...when(
      Object.entries(cloneList.selector?.matchLabels ?? {}).flat().some((text) => hasWildcard(`${text}`)),
      'the selector of cloneList takes no wildcards',
    ),
  ];
}

function anchorKeys(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(anchorKeys);
  }
  return isDict(value) ? Object.entries(value).flatMap(([key, child]) => [...(parseAnchor(key) ? [key] : []), ...anchorKeys(child)]) : [];
}
