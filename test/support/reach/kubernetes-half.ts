import type { Block } from './address';
import { blockContains } from './address';
import type { Cluster } from './cluster';
import type { Endpoint, PodEndpoint } from './endpoint';
import { namedPorts } from './endpoint';
import type { Connection, Direction, Half } from './flow';
import type { Given, KubeObject } from './kube-object';
import { isGiven, title } from './kube-object';
import type { LabelSelector } from './label-selector';
import { selectorMatches } from './label-selector';

export interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector | null;
  readonly policyTypes?: string[] | null;
  readonly ingress?: NetworkPolicyRule[] | null;
  readonly egress?: NetworkPolicyRule[] | null;
}

export interface NetworkPolicyRule {
  readonly from?: NetworkPolicyPeer[] | null;
  readonly to?: NetworkPolicyPeer[] | null;
  readonly ports?: NetworkPolicyPort[] | null;
}

export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector | null;
  readonly namespaceSelector?: LabelSelector | null;
  readonly ipBlock?: Block | null;
}

export interface NetworkPolicyPort {
  readonly protocol?: string | null;
  readonly port?: number | string | null;
  readonly endPort?: number | null;
}

/**
 * What the NetworkPolicies of one end say, read as the Kubernetes API documents them.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function kubernetesHalf(direction: Direction, connection: Connection, cluster: Cluster): Half {
  const [subject, peer] = direction === 'egress'
    ? [connection.source, connection.destination]
    : [connection.destination, connection.source];
  assertKubernetesEntity(subject);
  assertKubernetesEntity(peer);
  if (subject.kind !== 'pod') return { allowed: true, why: [`${subject.name} is no pod`] };
  // The API leaves host network undefined; the common outcome is that policies pass such pods by.
  if (subject.hostNetwork) return { allowed: true, why: [`${subject.name} is on the host network`] };
  const isOwnNode = peer.kind === 'entity' ? peer.entity === 'host' : peer.kind === 'pod' && peer.hostNetwork && peer.sameNode;
  if (direction === 'ingress' && isOwnNode) {
    return { allowed: true, why: ['a node always reaches its own pods'] };
  }
  const policies = cluster.ofKind('NetworkPolicy').filter((policy) => selects(policy, subject) && isolates(policy.spec, direction));
  if (policies.length === 0) return { allowed: true, why: ['no policy isolates'] };
  const allowing = policies.flatMap((policy) => allowingRules(policy, direction, peer, connection));
  return allowing.length > 0
    ? { allowed: true, why: allowing.map((rule) => `${rule} allows`) }
    : { allowed: false, why: policies.map((policy) => `${title(policy)} isolates and nothing allows`) };
}

function assertKubernetesEntity(endpoint: Endpoint): void {
  if (endpoint.kind === 'entity' && !['host', 'remote-node', 'kube-apiserver', 'world'].includes(endpoint.entity)) {
    throw new Error(`reach: ${endpoint.name} exists with Cilium only`);
  }
}

function selects(policy: KubeObject, subject: PodEndpoint): boolean {
  const spec: NetworkPolicySpec = policy.spec;
  return (policy.metadata.namespace ?? 'default') === subject.namespace
    && selectorMatches(spec.podSelector ?? {}, (key) => subject.labels[key]);
}

/** Without policyTypes: ingress always, egress only when there are egress rules. */
function isolates(spec: NetworkPolicySpec, direction: Direction): boolean {
  if (isGiven(spec.policyTypes) && spec.policyTypes.length > 0) {
    return spec.policyTypes.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  }
  return direction === 'ingress' || (spec.egress ?? []).length > 0;
}

function allowingRules(policy: KubeObject, direction: Direction, peer: Endpoint, connection: Connection): string[] {
  const rules: NetworkPolicyRule[] = policy.spec[direction] ?? [];
  const namespace = policy.metadata.namespace ?? 'default';
  return rules.flatMap((rule, index) => {
    const peers = (direction === 'ingress' ? rule.from : rule.to) ?? [];
    const ports = rule.ports ?? [];
    const allows = (peers.length === 0 || peers.some((candidate) => peerMatches(candidate, namespace, peer)))
      && (ports.length === 0 || ports.some((port) => portMatches(port, connection)));
    return allows ? [`${title(policy)} ${direction}[${index}]`] : [];
  });
}

function peerMatches(candidate: NetworkPolicyPeer, policyNamespace: string, peer: Endpoint): boolean {
  const { podSelector, namespaceSelector, ipBlock } = candidate;
  assertPeer(candidate);
  if (isGiven(ipBlock)) return ipBlockMatches(ipBlock, peer);
  // Pods on the host network are seen under the address of their node.
  if (peer.kind !== 'pod' || peer.hostNetwork) return false;
  const namespaceMatches = isGiven(namespaceSelector)
    ? selectorMatches(namespaceSelector, peer.namespaceLabelOf)
    : peer.namespace === policyNamespace;
  return namespaceMatches && selectorMatches(podSelector ?? {}, (key) => peer.labels[key]);
}

/** The API server refuses these two; there is no meaning to give to them. */
export function assertPeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): void {
  const selector: Given<LabelSelector> = podSelector ?? namespaceSelector;
  if (!isGiven(ipBlock) && !isGiven(selector)) throw new Error('NetworkPolicy: a peer without any field; the API server refuses it');
  if (isGiven(ipBlock) && isGiven(selector)) throw new Error('NetworkPolicy: ipBlock beside a selector; the API server refuses it');
}

/** The upstream tests require that a block matches pods by their address; what it does to nodes is undefined, so here nothing. */
function ipBlockMatches(block: Block, peer: Endpoint): boolean {
  switch (peer.kind) {
    case 'pod': return !peer.hostNetwork && peer.ips.some((ip) => blockContains(block, ip));
    case 'outside': return peer.ip === undefined ? block.cidr === '0.0.0.0/0' : blockContains(block, peer.ip);
    case 'entity': return peer.entity === 'world' && block.cidr === '0.0.0.0/0';
    case 'node': return false;
  }
}

function portMatches({ port, endPort, protocol }: NetworkPolicyPort, connection: Connection): boolean {
  if ((protocol ?? 'TCP') !== connection.protocol) return false;
  if (!isGiven(port)) return true;
  const asked = connection.port!;
  // A name is looked up in the destination, for egress as for ingress.
  if (typeof port === 'string') return namedPorts(connection.destination, port, connection.protocol).includes(asked);
  return port <= asked && asked <= (endPort ?? port);
}
