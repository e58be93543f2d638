import { identityLabel, isReserved, NAMESPACE_LABELS, POD_NAMESPACE, POLICY_CLUSTER } from './cilium-identity';
import type { PeerContext, PeerTest } from './cilium-peer';
import { ciliumBlockMatches, namespaceOf, peerTest, requirementTest } from './cilium-peer';
import type { CiliumItem, CiliumSpec, PortRule } from './cilium-spec';
import { assertImported } from './cilium-spec';
import type { Endpoint } from './endpoint';
import type { Direction } from './flow';
import type { KubeObject } from './kube-object';
import { isGiven, title } from './kube-object';
import type { NetworkPolicyPeer, NetworkPolicyRule, NetworkPolicySpec } from './kubernetes-half';
import { assertPeer } from './kubernetes-half';
import type { LabelSelector } from './label-selector';
import { selectorKeys, selectorMatches } from './label-selector';

/** What the agent makes of a policy of any kind. */
export interface Rule {
  readonly title: string;
  readonly selects: (subject: Endpoint) => boolean;
  readonly ingress: Section;
  readonly egress: Section;
}

export interface Section {
  readonly allow: Item[];
  readonly deny: Item[];
  readonly defaultDeny: boolean;
}

export interface Item {
  readonly title: string;
  readonly matchesPeer: PeerTest;
  /** Whether the same peer matches by a selector, of which other rules may want more. */
  readonly matchesBySelector: PeerTest;
  /** What it wants of every peer that any item about the subject names by a selector. */
  readonly requires: (peer: Endpoint) => boolean;
  /** Empty: any port of any protocol. */
  readonly toPorts: PortRule[];
  readonly icmps: { readonly type: number | string; readonly family?: string }[];
  readonly authentication?: string;
}

export function rulesOf(policy: KubeObject, context: PeerContext): Rule[] {
  switch (policy.kind) {
    case 'NetworkPolicy': return [networkPolicyRule(policy, context)];
    case 'CiliumNetworkPolicy':
    case 'CiliumClusterwideNetworkPolicy':
      return [policy.spec, ...(policy.specs ?? [])].filter(isGiven).map((spec: CiliumSpec) => ciliumRule(policy, spec, context));
    default: return [];
  }
}

function ciliumRule(policy: KubeObject, spec: CiliumSpec, context: PeerContext): Rule {
  assertImported(policy, spec, context.minor);
  const section = (direction: Direction): Section => {
    const item = (list: string) => (one: CiliumItem, index: number): Item => ({
      title: `${title(policy)} ${list}[${index}]`,
      matchesPeer: peerTest(withoutSelectors(one), direction, policy, spec, context),
      matchesBySelector: peerTest(selectorsOf(one), direction, policy, spec, context),
      requires: requirementTest(one, direction, policy, spec, context),
      toPorts: one.toPorts ?? [],
      icmps: (one.icmps ?? []).flatMap(({ fields }) => fields),
      authentication: one.authentication?.mode,
    });
    const allow = (spec[direction] ?? []).map(item(direction));
    const deny = (spec[`${direction}Deny`] ?? []).map(asDeny).map(item(`${direction}Deny`));
    // A direction without items stays untouched, whatever enableDefaultDeny says.
    return { allow, deny, defaultDeny: allow.length + deny.length > 0 && (spec.enableDefaultDeny?.[direction] ?? true) };
  };
  return {
    title: title(policy),
    selects: (subject) => isSubject(policy, spec, subject, context.clusterName),
    ingress: section('ingress'),
    egress: section('egress'),
  };
}

const BY_SELECTOR = ['fromEndpoints', 'toEndpoints'];

/** An item that names peers by selectors names nobody else. */
function withoutSelectors(item: CiliumItem): CiliumItem {
  return hasSelectors(item) ? {} : item;
}

function selectorsOf(item: CiliumItem): CiliumItem {
  return hasSelectors(item) ? item : {};
}

function hasSelectors(item: CiliumItem): boolean {
  return Object.entries(item).some(([field, value]) => BY_SELECTOR.includes(field) && isGiven(value) && (value as unknown[]).length > 0);
}

/** The API server prunes what a deny cannot say, so that a deny by name or request becomes a deny by port. */
function asDeny({ toFQDNs: _names, authentication: _mode, toPorts, ...rest }: CiliumItem): CiliumItem {
  return { ...rest, toPorts: (toPorts ?? []).map(({ ports }) => ({ ports })) };
}

function isSubject(policy: KubeObject, spec: CiliumSpec, subject: Endpoint, clusterName: string): boolean {
  const labelOf = (key: string) => identityLabel(subject, key, clusterName);
  if (isGiven(spec.nodeSelector)) return isReserved(subject, 'host', 'remote-node') && selectorMatches(spec.nodeSelector, labelOf);
  if (!isManaged(subject)) return false;
  const selector: LabelSelector = spec.endpointSelector ?? {};
  if (policy.kind === 'CiliumClusterwideNetworkPolicy') return selectorMatches(selector, labelOf);
  // The policy's own namespace takes the place of another one that the selector names.
  const { [`k8s:${POD_NAMESPACE}`]: _overridden, ...matchLabels } = selector.matchLabels ?? {};
  return labelOf(`k8s:${POD_NAMESPACE}`) === namespaceOf(policy) && selectorMatches({ ...selector, matchLabels }, labelOf);
}

/** Has an endpoint of its own that the agent enforces policies for. */
function isManaged(subject: Endpoint): boolean {
  return (subject.kind === 'pod' && !subject.hostNetwork) || isReserved(subject, 'health', 'ingress', 'init');
}

/** @see https://docs.cilium.io/en/stable/network/kubernetes/policy/ */
function networkPolicyRule(policy: KubeObject, context: PeerContext): Rule {
  const spec: NetworkPolicySpec = policy.spec;
  const types = spec.policyTypes ?? [];
  const section = (direction: Direction, isolatesWhenEmpty: boolean): Section => {
    const allow = (spec[direction] ?? []).map((rule, index): Item => ({
      title: `${title(policy)} ${direction}[${index}]`,
      matchesPeer: networkPolicyPeerTest(rule, direction, policy, context, ({ ipBlock }) => isGiven(ipBlock)),
      matchesBySelector: networkPolicyPeerTest(rule, direction, policy, context, ({ ipBlock }) => !isGiven(ipBlock)),
      requires: () => true,
      toPorts: portRules(rule),
      icmps: [],
    }));
    // Unlike in Kubernetes, rules of a direction that policyTypes leaves out are installed.
    return { allow, deny: [], defaultDeny: allow.length > 0 || isolatesWhenEmpty };
  };
  return {
    title: title(policy),
    selects: (subject) => subject.kind === 'pod' && !subject.hostNetwork && subject.namespace === namespaceOf(policy)
      && podSelectorMatches(spec.podSelector ?? {}, subject, context.clusterName),
    ingress: section('ingress', types.includes('Ingress') || !types.includes('Egress')),
    egress: section('egress', types.includes('Egress')),
  };
}

/** A rule without peers has a selector of everybody. */
function networkPolicyPeerTest(
  rule: NetworkPolicyRule, direction: Direction, policy: KubeObject, context: PeerContext, isAsked: (peer: NetworkPolicyPeer) => boolean,
): PeerTest {
  const peers = (direction === 'ingress' ? rule.from : rule.to) ?? [];
  peers.forEach(assertPeer);
  if (peers.length === 0) return () => isAsked({});
  return (peer) => peers.filter(isAsked).some((one) => networkPolicyPeerMatches(one, peer, policy, context));
}

function networkPolicyPeerMatches(one: NetworkPolicyPeer, peer: Endpoint, policy: KubeObject, context: PeerContext): boolean {
  if (isGiven(one.ipBlock)) return ciliumBlockMatches(one.ipBlock, peer, context);
  if (peer.kind !== 'pod' || peer.hostNetwork) return false;
  const podSelector = one.podSelector ?? {};
  const namespaceMatches = isGiven(one.namespaceSelector)
    ? selectorMatches(one.namespaceSelector, (key) => identityLabel(peer, `k8s:${NAMESPACE_LABELS}.${key}`, context.clusterName))
    : peer.namespace === namespaceOf(policy);
  const local = context.minor < 19 || selectorKeys(podSelector).includes(POLICY_CLUSTER)
    || identityLabel(peer, `k8s:${POLICY_CLUSTER}`, context.clusterName) === context.clusterName;
  return namespaceMatches && local && podSelectorMatches(podSelector, peer, context.clusterName);
}

function podSelectorMatches(selector: LabelSelector, pod: Endpoint, clusterName: string): boolean {
  return selectorMatches(selector, (key) => identityLabel(pod, `k8s:${key}`, clusterName));
}

function portRules({ ports }: NetworkPolicyRule): PortRule[] {
  if (!isGiven(ports) || ports.length === 0) return [];
  return [{
    ports: ports.map(({ port, endPort, protocol }) => ({
      port: String(port ?? 0),
      endPort: endPort ?? undefined,
      protocol: protocol ?? 'TCP',
    })),
  }];
}
