import type { Peer } from '../network/peer';
import type { NamespaceScope, PeerSpec } from '../network/peer-spec';
import type { Direction } from '../network/rule-checks';
import { POD_NAMESPACE_LABEL } from '../target/well-known-labels';
import { GuardrailsError, insist } from '../values/guardrails-error';
import { ciliumLabelKeyProblem } from '../values/labels';
import { type Selector, selectorProblem, type SelectorRequirement } from '../values/selector';

const NAMESPACE_LABEL = 'k8s:io.cilium.k8s.namespace.labels.';
const SERVICE_ACCOUNT = 'k8s:io.cilium.k8s.policy.serviceaccount';

type Kind = 'Endpoints' | 'CIDRSet' | 'Entities' | 'FQDNs' | 'Nodes' | 'Anyone';

/** Which list of a CiliumNetworkPolicy item a peer goes into. The agent takes one kind of list an item. */
export function ciliumPeerKind({ _spec: spec }: Peer): Kind {
  switch (spec.kind) {
    case 'pods': return 'Endpoints';
    case 'cidr': case 'cidrGroup': case 'cidrGroups': return 'CIDRSet';
    case 'entity': return 'Entities';
    case 'fqdn': return 'FQDNs';
    case 'nodes': return 'Nodes';
    case 'anywhere': return 'Anyone';
  }
}

/**
 * The peer list of an item, by its field name.
 *
 * @param hasPorts an item without any peer matches anyone when it has ports, and nothing at all when it has none
 * @param clusterwide a cluster-wide policy has no namespace of its own
 */
export function ciliumPeers(at: string, direction: Direction, peers: Peer[], hasPorts: boolean, clusterwide: boolean): object {
  const kinds = [...new Set(peers.map(ciliumPeerKind))];
  if (kinds.length > 1) {
    throw new GuardrailsError(at, direction === 'ingress' ? 'from' : 'to', {
      given: `peers of the kinds ${kinds.join(' and ')} in one rule`,
      allowed: 'one kind of peer a rule, since the agent refuses a policy that mixes them',
      mend: 'Write a rule for each kind.',
    });
  }
  const [kind] = kinds;
  if (kind === undefined) return {};
  if (kind === 'Anyone') return hasPorts ? {} : { [field(direction, 'Entities')]: ['all'] };
  return { [field(direction, kind)]: peers.map(peer => ciliumPeer(at, peer._spec, clusterwide)) };
}

function field(direction: Direction, kind: Kind): string {
  return `${direction === 'ingress' ? 'from' : 'to'}${kind}`;
}

function ciliumPeer(at: string, spec: PeerSpec, clusterwide: boolean): unknown {
  switch (spec.kind) {
    case 'pods': return endpointSelector(at, spec, clusterwide);
    case 'cidr': return withExcept({ cidr: spec.cidr }, spec.except);
    case 'cidrGroup': return withExcept({ cidrGroupRef: spec.group }, spec.except);
    case 'cidrGroups': return withExcept({ cidrGroupSelector: spec.selector }, spec.except);
    case 'entity': return spec.entity;
    case 'fqdn': return { [spec.field]: spec.value };
    case 'nodes': return spec.selector;
    case 'anywhere': return undefined;
  }
}

function withExcept(entry: object, except: readonly string[]): object {
  return except.length > 0 ? { ...entry, except: [...except] } : entry;
}

function endpointSelector(at: string, spec: Extract<PeerSpec, { kind: 'pods' }>, clusterwide: boolean): Selector {
  if (clusterwide && spec.namespaces.kind === 'same') {
    throw new GuardrailsError(at, 'peer', {
      given: 'pods of the policy\'s own namespace',
      allowed: 'pods of a namespace that is named, since a cluster-wide policy has none of its own',
      mend: 'Pass `namespace` to Peer.pods, or `anyNamespace: true` for those of every namespace.',
    });
  }
  const inNamespaces = namespaceRequirements(spec.namespaces);
  const account = spec.serviceAccount && { [SERVICE_ACCOUNT]: spec.serviceAccount };
  const matchLabels = { ...spec.pods?.matchLabels, ...inNamespaces.matchLabels, ...account };
  const matchExpressions = [...spec.pods?.matchExpressions ?? [], ...inNamespaces.matchExpressions];
  const selector: Selector = {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
  insist(at, 'peer', selectorProblem(selector, ciliumLabelKeyProblem));
  return selector;
}

function namespaceRequirements(scope: NamespaceScope): { matchLabels: Record<string, string>; matchExpressions: SelectorRequirement[] } {
  switch (scope.kind) {
    case 'same': return { matchLabels: {}, matchExpressions: [] };
    case 'any': return { matchLabels: {}, matchExpressions: [{ key: POD_NAMESPACE_LABEL, operator: 'Exists' }] };
    case 'named': return scope.names.length === 1
      ? { matchLabels: { [POD_NAMESPACE_LABEL]: scope.names[0]! }, matchExpressions: [] }
      : { matchLabels: {}, matchExpressions: [{ key: POD_NAMESPACE_LABEL, operator: 'In', values: [...scope.names] }] };
    case 'labelled': return labelledNamespaces(scope.selector);
  }
}

function labelledNamespaces({ matchLabels = {}, matchExpressions = [] }: Selector): ReturnType<typeof namespaceRequirements> {
  // What is no pod has no label of a namespace either: the world would meet `NotIn`.
  const isOnlyNegative = Object.keys(matchLabels).length === 0
    && matchExpressions.every(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist');
  return {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [NAMESPACE_LABEL + key, value])),
    matchExpressions: [
      ...matchExpressions.map(requirement => ({ ...requirement, key: NAMESPACE_LABEL + requirement.key })),
      ...isOnlyNegative ? [{ key: POD_NAMESPACE_LABEL, operator: 'Exists' as const }] : [],
    ],
  };
}
