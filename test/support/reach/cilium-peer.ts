import type { Block } from './address';
import { blockContains } from './address';
import { identityLabel, isReserved, NAMESPACE_LABELS, POD_NAMESPACE, POLICY_CLUSTER, splitKey } from './cilium-identity';
import type { CidrRule, CiliumItem, CiliumSpec, ServiceRule } from './cilium-spec';
import type { Cluster } from './cluster';
import { dnsMatches } from './dns-name';
import type { Endpoint } from './endpoint';
import type { Direction } from './flow';
import type { KubeObject } from './kube-object';
import { isGiven } from './kube-object';
import type { LabelExpression, LabelSelector } from './label-selector';
import { selectorKeys, selectorMatches } from './label-selector';

/** What a peer means depends on these. */
export interface PeerContext {
  readonly cluster: Cluster;
  /** Minor version of Cilium 1.x. */
  readonly minor: number;
  readonly clusterName: string;
  readonly cidrMatchMode: string[];
}

/** `learnable`: whether the DNS proxy lets the subject ask for the name, and so learns its addresses. */
export type PeerTest = (peer: Endpoint, learnable: (name: string) => boolean) => boolean;

/** The peer part of an ingress or egress item. */
export function peerTest(item: CiliumItem, direction: Direction, policy: KubeObject, spec: CiliumSpec, context: PeerContext): PeerTest {
  const [endpoints, entities, nodes, cidrs, cidrSet] = direction === 'ingress'
    ? [item.fromEndpoints, item.fromEntities, item.fromNodes, item.fromCIDR, item.fromCIDRSet]
    : [item.toEndpoints, item.toEntities, item.toNodes, item.toCIDR, item.toCIDRSet];
  // An empty list of names or services is as good as none; any other empty list takes nobody.
  const fqdns = direction === 'egress' ? item.toFQDNs ?? [] : [];
  const services = direction === 'egress' ? item.toServices ?? [] : [];
  if (![endpoints, entities, nodes, cidrs, cidrSet].some(isGiven) && fqdns.length + services.length === 0) {
    // Neither peer nor port matches nothing; ports alone match everybody.
    const anyPeer = (item.toPorts ?? []).length + (item.icmps ?? []).length > 0;
    return () => anyPeer;
  }
  const blocks = [...(cidrs ?? []).map((cidr) => ({ cidr })), ...(cidrSet ?? []).flatMap((rule) => blocksOf(rule, context.cluster))];
  return (peer, learnable) =>
    (endpoints ?? []).some((selector) => endpointMatches(selector, peer, policy, spec, context))
    || (entities ?? []).some((entity) => entityMatches(entity, peer, context.clusterName))
    || (nodes ?? []).some((selector) => nodeMatches(selector, peer, context.clusterName))
    || blocks.some((block) => ciliumBlockMatches(block, peer, context))
    || fqdns.some((name) => peer.kind === 'outside' && peer.fqdn !== undefined
      && dnsMatches(name, peer.fqdn, context.minor >= 19) && learnable(peer.fqdn))
    || services.some((service) => serviceMatches(service, peer, context));
}

/** Whether a peer has what `fromRequires` and `toRequires` of an item want: every one of their selectors. */
export function requirementTest(
  item: CiliumItem, direction: Direction, policy: KubeObject, spec: CiliumSpec, context: PeerContext,
): (peer: Endpoint) => boolean {
  const selectors = (direction === 'ingress' ? item.fromRequires : item.toRequires) ?? [];
  return (peer) => selectors.every((selector) => endpointMatches(selector, peer, policy, spec, context));
}

/** A selector of endpoints takes those of the policy's own namespace, or of all, unless it says something else. */
function endpointMatches(selector: LabelSelector, peer: Endpoint, policy: KubeObject, spec: CiliumSpec, context: PeerContext): boolean {
  const implied = impliedExpressions(selector, policy, spec, context);
  const complete = { ...selector, matchExpressions: [...implied, ...(selector.matchExpressions ?? [])] };
  return selectorMatches(complete, (key) => identityLabel(peer, key, context.clusterName));
}

function impliedExpressions(selector: LabelSelector, policy: KubeObject, spec: CiliumSpec, context: PeerContext): LabelExpression[] {
  const keys = selectorKeys(selector).map(splitKey);
  if (keys.some(({ source }) => source === 'reserved')) return [];
  const mentions = (label: string) => keys.some(({ source, name }) => ['k8s', 'any'].includes(source)
    && (name === label || name.startsWith(`${label}.`)));
  const implied: LabelExpression[] = [];
  if (!mentions(POD_NAMESPACE)) {
    if (policy.kind === 'CiliumNetworkPolicy') {
      if (!mentions(NAMESPACE_LABELS)) implied.push({ key: `k8s:${POD_NAMESPACE}`, operator: 'In', values: [namespaceOf(policy)] });
    } else if (!selectorKeys(spec.endpointSelector ?? {}).includes('reserved:init')) {
      implied.push({ key: `k8s:${POD_NAMESPACE}`, operator: 'Exists' });
    }
  }
  // Since 1.19 a selector that names no cluster means this one.
  if (context.minor >= 19 && !mentions(POLICY_CLUSTER)) {
    implied.push({ key: `k8s:${POLICY_CLUSTER}`, operator: 'In', values: [context.clusterName] });
  }
  return implied;
}

const IN_CLUSTER = ['host', 'remote-node', 'init', 'ingress', 'health', 'unmanaged', 'kube-apiserver'];

/** @see https://docs.cilium.io/en/stable/security/policy/layer3/#entities-based */
function entityMatches(entity: string, peer: Endpoint, clusterName: string): boolean {
  if (entity === 'all') return true;
  if (entity === 'none') return false;
  if (entity === 'cluster') {
    return isReserved(peer, ...IN_CLUSTER) || identityLabel(peer, `k8s:${POLICY_CLUSTER}`, clusterName) === clusterName;
  }
  if (entity !== 'world' && !IN_CLUSTER.includes(entity)) throw new Error(`reach: entity ${entity} is unknown to Cilium`);
  return isReserved(peer, entity);
}

/** Never the node that the pod runs on: that one is the entity host. */
function nodeMatches(selector: LabelSelector, peer: Endpoint, clusterName: string): boolean {
  return isReserved(peer, 'remote-node') && selectorMatches(selector, (key) => identityLabel(peer, key, clusterName));
}

/** A block is about peers without an identity of their own: never pods and nodes, unless the agent is told so. */
export function ciliumBlockMatches(block: Block, peer: Endpoint, { cidrMatchMode, minor }: PeerContext): boolean {
  const held = (ips: string[]) => ips.some((ip) => blockContains(block, ip));
  switch (peer.kind) {
    case 'outside': return peer.ip === undefined ? block.cidr === '0.0.0.0/0' : blockContains(block, peer.ip);
    case 'entity': return peer.entity === 'world' && block.cidr === '0.0.0.0/0';
    // Since 1.19 the block of all addresses leaves nodes out even then.
    case 'node': return cidrMatchMode.includes('nodes') && !(minor >= 19 && block.cidr.endsWith('/0')) && held(peer.ips);
    case 'pod': return cidrMatchMode.includes('pods') && minor >= 20 && !peer.hostNetwork && held(peer.ips);
  }
}

/** A group that does not exist holds no address. */
function blocksOf({ cidr, cidrGroupRef, cidrGroupSelector, except }: CidrRule, cluster: Cluster): Block[] {
  if (cidr !== undefined) return [{ cidr, except }];
  const groups = cluster.ofKind('CiliumCIDRGroup').filter((group) => cidrGroupSelector === undefined
    ? group.metadata.name === cidrGroupRef
    : selectorMatches(cidrGroupSelector, (key) => group.metadata.labels?.[splitKey(key).name]));
  return groups.flatMap((group) => (group.spec.externalCIDRs as string[]).map((external) => ({ cidr: external, except })));
}

/** A service stands for the pods behind it, or for the addresses of its slices when it selects none; never for its own address. */
function serviceMatches(rule: ServiceRule, peer: Endpoint, context: PeerContext): boolean {
  return servicesOf(rule, context.cluster).some((service) => {
    const namespace = namespaceOf(service);
    const selector: Record<string, string> = service.spec.selector ?? {};
    if (Object.keys(selector).length > 0) {
      return peer.kind === 'pod' && !peer.hostNetwork && peer.namespace === namespace
        && selectorMatches({ matchLabels: selector }, (key) => peer.labels[key]);
    }
    const slices = context.cluster.ofKind('EndpointSlice').filter((slice) => namespaceOf(slice) === namespace
      && slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name);
    const addresses = slices.flatMap((slice) => (slice.endpoints as { addresses: string[] }[]).flatMap((endpoint) => endpoint.addresses));
    return addresses.some((address) => ciliumBlockMatches({ cidr: address }, peer, context));
  });
}

/** A rule that names no namespace means the services of all. */
function servicesOf({ k8sService, k8sServiceSelector }: ServiceRule, cluster: Cluster): KubeObject[] {
  const wanted = k8sService?.namespace || k8sServiceSelector?.namespace || undefined;
  return cluster.ofKind('Service').filter((service) => (wanted === undefined || namespaceOf(service) === wanted)
    && (k8sService === undefined
      ? selectorMatches(k8sServiceSelector?.selector ?? {}, (key) => service.metadata.labels?.[splitKey(key).name])
      : service.metadata.name === k8sService.serviceName));
}

export function namespaceOf(object: KubeObject): string {
  return object.metadata.namespace ?? 'default';
}
