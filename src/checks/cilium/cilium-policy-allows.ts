import { type ItemReading, type PortRuleReading, readPolicy } from './read-policy';
import type { Manifest } from '../../manifests/manifest';
import { type Selector, selectorMatches, type SelectorRequirement } from '../../values/selector';
import { type AllowedPort, type AllowRule, type PodPeer, selectsAllWith } from '../allows/allow-rule';
import { ANYONE, coversOutside, type OutsidePeer } from '../allows/outside-peer';
import { readSelector } from '../kubernetes/read-selector';
import { asList, asObject } from '../read';

const POD_NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABEL = 'io.cilium.k8s.namespace.labels.';
const EVERYONE = ['all', 'cluster'];

/** A rule of a CiliumNetworkPolicy, with what it restricts beyond ports. */
export interface CiliumAllow extends AllowRule {
  /** The pods that it names, where it names pods. */
  readonly peers: PodPeer[];
  /** Whoever else it names. */
  readonly outside: OutsidePeer[];
  /** Whether only some requests are allowed. A rule that takes every request only makes them visible. */
  readonly restricts: boolean;
}

/** A selector, with the namespace that it names or gets from its policy. */
interface Endpoints {
  readonly namespace?: string;
  readonly namespaces: SelectorRequirement[];
  readonly rest: Required<Selector>;
}

interface ParsedSelector extends Endpoints {
  readonly saysNamespace: boolean;
}

const parsed = new WeakMap<object, ParsedSelector>();

/** What a Cilium policy allows, an entry for each item and each of its port rules. A cluster-wide one has no namespace of its own. */
export function ciliumPolicyAllows(object: Manifest): CiliumAllow[] {
  const { clusterwide, namespace = 'default', items } = readPolicy({ object });
  const own = clusterwide ? undefined : namespace;
  return items.filter(item => !item.deny && asObject(item.rule.fields.endpointSelector)).flatMap(item => itemAllows(item, own));
}

function itemAllows(item: ItemReading, own?: string): CiliumAllow[] {
  const { direction, fields, rule, portRules } = item;
  const subject = endpoints(rule.fields.endpointSelector, own);
  if (!subject) return [];
  const peers = endpointLists(item).flatMap(selector => endpoints(selector, own) ?? []);
  const outside = outsidePeers(item);
  const text = () => JSON.stringify([rule.fields.endpointSelector, fields]);
  const common = {
    direction,
    coversSubject: (pods: PodPeer) => covers(subject, pods),
    coversPeer: coveringPeer(item, peers),
    coversOutside: (peer: OutsidePeer) => outside.some(wide => coversOutside(wide, peer)),
    outside,
    subject: podPeer(subject),
    peers: peers.map(podPeer),
  };
  if (portRules.length > 0) {
    return portRules.map((portRule, index) => ({
      ...common, text: () => `${index} ${text()}`, ports: portRule.ports.map(allowedPort), restricts: restricts(portRule),
    }));
  }
  // An item with icmps is for nothing else, and a list of ports that cannot be read may hold any.
  const isForEveryPort = fields.toPorts === undefined && fields.icmps === undefined;
  return isForEveryPort ? [{ ...common, text, ports: undefined, restricts: false }] : [];
}

function endpointLists({ peers }: ItemReading): readonly unknown[] {
  return peers.filter(({ field }) => field.endsWith('Endpoints')).flatMap(({ entries }) => entries);
}

function outsidePeers(item: ItemReading): OutsidePeer[] {
  if (isForAnyone(item)) return [ANYONE];
  return item.peers.flatMap(({ field, entries }) => entries.flatMap((entry): OutsidePeer[] => {
    const { cidr, except, matchName, matchPattern } = asObject(entry) ?? {};
    if (field.endsWith('Entities') && typeof entry === 'string') return [{ kind: 'entity', text: entry }];
    if (field.endsWith('CIDR') && typeof entry === 'string') return [{ kind: 'cidr', text: entry }];
    if (field.endsWith('CIDRSet') && typeof cidr === 'string' && asList(except).length === 0) return [{ kind: 'cidr', text: cidr }];
    const name = matchName ?? matchPattern;
    return field.endsWith('FQDNs') && typeof name === 'string' ? [{ kind: 'name', text: name }] : [];
  }));
}

/** Ports alone match everybody. */
function isForAnyone({ fields, direction }: ItemReading): boolean {
  const side = direction === 'ingress' ? 'from' : 'to';
  return fields.toPorts !== undefined && !Object.keys(fields).some(key => key.startsWith(side) && key !== 'toPorts');
}

function coveringPeer(item: ItemReading, named: readonly Endpoints[]): (pods: PodPeer) => boolean {
  const forAnyone = isForAnyone(item);
  const isForEveryone = item.peers.some(({ field, entries }) => field.endsWith('Entities')
    && entries.some(entity => EVERYONE.includes(entity as string)));
  return pods => forAnyone || isForEveryone || named.some(selector => covers(selector, pods));
}

function restricts({ fields }: PortRuleReading): boolean {
  const rules = asObject(fields.rules) ?? {};
  const everything = (rule: unknown) => Object.keys(asObject(rule) ?? {}).length === 0 || asObject(rule)?.matchPattern === '*';
  const lists = [rules.http, rules.dns, rules.kafka].map(asList).filter(list => list.length > 0);
  return lists.some(list => !list.some(everything)) || asList(fields.serverNames).length > 0;
}

function covers({ namespace, namespaces, rest }: Endpoints, pods: PodPeer): boolean {
  if (!selectsAllWith(rest, pods.labels)) return false;
  if (pods.namespace === undefined) return namespace === undefined && namespaces.length === 0;
  return (namespace ?? pods.namespace) === pods.namespace
    && selectorMatches({ matchExpressions: namespaces }, { [POD_NAMESPACE]: pods.namespace });
}

function podPeer({ namespace, rest }: Endpoints): PodPeer {
  return { namespace, labels: rest.matchLabels };
}

/** Nothing for a selector that is malformed or a template. */
function endpoints(value: unknown, own?: string): Endpoints | undefined {
  const selector = readOnce(value);
  return selector && { ...selector, namespace: selector.namespace ?? (selector.saysNamespace ? undefined : own) };
}

function readOnce(value: unknown): ParsedSelector | undefined {
  const fields = asObject(value);
  const known = fields && parsed.get(fields);
  if (known || !fields) return known;
  const selector = parse(fields);
  if (selector) parsed.set(fields, selector);
  return selector;
}

function parse(fields: Record<string, unknown>): ParsedSelector | undefined {
  const selector = readSelector(fields);
  if (!selector) return undefined;
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, label]) => [withoutSource(key), label] as const);
  const expressions = (selector.matchExpressions ?? []).map(requirement => ({ ...requirement, key: withoutSource(requirement.key) }));
  const keys = [...labels.map(([key]) => key), ...expressions.map(({ key }) => key)];
  return {
    namespace: labels.find(([key]) => key === POD_NAMESPACE)?.[1],
    namespaces: expressions.filter(({ key }) => key === POD_NAMESPACE),
    saysNamespace: keys.some(key => key === POD_NAMESPACE || key.startsWith(NAMESPACE_LABEL)),
    rest: {
      matchLabels: Object.fromEntries(labels.filter(([key]) => key !== POD_NAMESPACE)),
      matchExpressions: expressions.filter(({ key }) => key !== POD_NAMESPACE),
    },
  };
}

function withoutSource(key: string): string {
  return key.replace(/^(k8s|any):/, '');
}

function allowedPort({ port, endPort, protocol }: PortRuleReading['ports'][number]): AllowedPort {
  return { protocol, port, endPort: endPort > 0 ? endPort : undefined };
}
