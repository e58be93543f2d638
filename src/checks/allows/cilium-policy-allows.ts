import type { AllowedPort, AllowRule, PodPeer } from './allow-rule';
import type { Identifiable } from '../../manifests/identity';
import { type Selector, selectorMatches, type SelectorRequirement } from '../../values/selector';

const POD_NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABEL = 'io.cilium.k8s.namespace.labels.';
const EVERYONE = ['all', 'cluster'];

interface PortRule {
  readonly ports?: { readonly port?: string; readonly endPort?: number; readonly protocol?: string }[];
  readonly rules?: { readonly http?: object[]; readonly dns?: object[]; readonly kafka?: object[] };
  readonly serverNames?: string[];
}

interface Item {
  readonly toPorts?: PortRule[];
  readonly [peers: string]: unknown;
}

interface CiliumPolicy extends Identifiable {
  readonly spec?: { readonly endpointSelector?: Selector; readonly ingress?: Item[]; readonly egress?: Item[] };
}

/** A rule of a CiliumNetworkPolicy, with what it restricts beyond ports. */
export interface CiliumAllow extends AllowRule {
  /** The pods that it is about, as far as labels tell. */
  readonly subject: PodPeer;
  /** The pods that it names, where it names pods. */
  readonly peers: PodPeer[];
  /** Whether only some requests are allowed. A rule that takes every request only makes them visible. */
  readonly restricts: boolean;
}

/** What a Cilium policy allows, an entry for each item and each of its port rules. A cluster-wide one has no namespace of its own. */
export function ciliumPolicyAllows(policy: Identifiable): CiliumAllow[] {
  const { spec = {} } = policy as CiliumPolicy;
  const namespace = policy.kind === 'CiliumNetworkPolicy' ? policy.metadata?.namespace ?? 'default' : undefined;
  const subject = spec.endpointSelector;
  if (!subject) return [];
  return (['ingress', 'egress'] as const).flatMap(direction => (spec[direction] ?? []).flatMap(item => {
    const side = direction === 'ingress' ? 'from' : 'to';
    const endpoints = item[`${side}Endpoints`] as Selector[] | undefined;
    const entities = item[`${side}Entities`] as string[] | undefined;
    const others = Object.keys(item).some(key => key.startsWith(side) && key !== 'toPorts');
    const coversPeer = (pods: PodPeer) => endpoints
      ? endpoints.some(selector => coversEndpoint(selector, pods, namespace))
      : entities ? entities.some(entity => EVERYONE.includes(entity)) : !others && item.toPorts !== undefined;
    const common = {
      direction,
      coversSubject: (pods: PodPeer) => coversEndpoint(subject, pods, namespace),
      coversPeer,
      subject: podPeer(subject, namespace),
      peers: (endpoints ?? []).map(selector => podPeer(selector, namespace)),
    };
    if (!item.toPorts) return [{ ...common, ports: undefined, restricts: false }];
    return item.toPorts.map(rule => ({ ...common, ports: rule.ports?.map(allowedPort), restricts: restricts(rule) }));
  }));
}

function restricts({ rules, serverNames }: PortRule): boolean {
  const everything = (rule: object) => Object.keys(rule).length === 0 || ('matchPattern' in rule && rule.matchPattern === '*');
  const lists = [rules?.http, rules?.dns, rules?.kafka].filter(list => list !== undefined && list.length > 0);
  return lists.some(list => !list!.some(everything)) || (serverNames ?? []).length > 0;
}

function coversEndpoint(selector: Selector, pods: PodPeer, own?: string): boolean {
  const { namespace, namespaces, rest } = split(selector, own);
  if (!selectorMatches(rest, pods.labels)) return false;
  if (pods.namespace === undefined) return namespace === undefined;
  return (namespace ?? pods.namespace) === pods.namespace
    && selectorMatches({ matchExpressions: namespaces }, { [POD_NAMESPACE]: pods.namespace });
}

function podPeer(selector: Selector, own?: string): PodPeer {
  const { namespace, rest } = split(selector, own);
  return { namespace, labels: { ...rest.matchLabels } };
}

/** The namespace that a peer selector names, or the policy's own, and what it says of labels without their source. */
function split(selector: Selector, own?: string): { namespace?: string; namespaces: SelectorRequirement[]; rest: Selector } {
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => [withoutSource(key), value] as const);
  const expressions = (selector.matchExpressions ?? []).map(requirement => ({ ...requirement, key: withoutSource(requirement.key) }));
  const named = labels.find(([key]) => key === POD_NAMESPACE)?.[1];
  const namespaces = expressions.filter(({ key }) => key === POD_NAMESPACE);
  const keys = [...labels.map(([key]) => key), ...expressions.map(({ key }) => key)];
  const byLabel = keys.some(key => key.startsWith(NAMESPACE_LABEL));
  return {
    namespace: named ?? (namespaces.length > 0 || byLabel ? undefined : own),
    namespaces,
    rest: {
      matchLabels: Object.fromEntries(labels.filter(([key]) => key !== POD_NAMESPACE)),
      matchExpressions: expressions.filter(({ key }) => key !== POD_NAMESPACE),
    },
  };
}

function withoutSource(key: string): string {
  return key.replace(/^(k8s|any):/, '');
}

function allowedPort({ port, endPort, protocol }: NonNullable<PortRule['ports']>[number]): AllowedPort {
  return { protocol: protocol ?? 'ANY', port, endPort };
}
