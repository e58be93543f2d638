import { readAddresses } from './address-block';
import { splitKey } from './cilium-labels';
import { plain } from './dns-names';
import { compareText } from './endpoint';
import { type AddressParty, ENTITIES, type Entity, type Party } from './party';
import { readRequirements } from './read-selector';
import type { Direction } from './rule';
import { isOfKind, ofKind, type World } from './world';
import { asList, asObject } from '../checks/read';
import type { IpFamily } from '../values/cidr';
import { fqdnPatternHolds } from '../values/fqdn';

/**
 * Who is told of where a policy means the whole cluster. Cilium's health endpoints and pods that have no identity yet are part of it too,
 * and say nothing to people: they are told of where a policy names them.
 */
const OF_CLUSTER: readonly Entity[] = ['host', 'remote-node', 'kube-apiserver', 'ingress', 'unmanaged'];
const HOSTS: readonly Entity[] = ['host', 'remote-node'];
const SPACE: Record<IpFamily, AddressParty> = { 4: readAddresses('0.0.0.0/0')!, 6: readAddresses('::/0')! };
/** Names of Services lead to pods, which no rule about names means. */
const SERVICE_NAME = /(^|\.)(svc|cluster\.local)\.?$/;

/** What is outside of the workloads of the set and meant by policies: DNS names, entities and nodes. */
export function mentionedParties(world: World): Party[] {
  const entities = mentionedEntities(world);
  return [
    ...mentionedNames(world).sort(compareText).map((name): Party => ({ type: 'name', name })),
    ...[...entities].sort(compareText).map((entity): Party => ({ type: 'entity', entity })),
    ...HOSTS.some(host => entities.has(host)) ? world.nodes : [],
  ];
}

/** Names and patterns that may be called, and of the names that may be asked for those that such a pattern holds. */
function mentionedNames(world: World): string[] {
  const [names, patterns, asked] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const item of policyItems(world)) {
    for (const { matchName, matchPattern } of mappings(asList(item.toFQDNs))) {
      for (const text of [matchName, matchPattern]) if (typeof text === 'string' && text !== '') names.add(text);
      if (typeof matchPattern === 'string' && matchPattern.includes('*')) patterns.add(matchPattern);
    }
    const rules = mappings(asList(item.toPorts)).flatMap(({ rules: l7 }) => mappings(asList(asObject(l7)?.dns)));
    for (const { matchName, matchPattern } of rules) {
      for (const text of [matchName, matchPattern]) if (typeof text === 'string' && text !== '' && !SERVICE_NAME.test(text)) asked.add(text);
    }
  }
  const minor = Number((world.target.cilium ?? '1.18').split('.')[1]);
  // How a pattern ends tells most names apart without a look at the pattern.
  const ends = [...patterns].map(matchPattern => ({ matchPattern, end: plain(matchPattern.slice(matchPattern.lastIndexOf('*') + 1)) }));
  for (const text of asked) {
    const name = plain(text);
    if (ends.some(({ matchPattern, end }) => name.endsWith(end) && fqdnPatternHolds(matchPattern, name, minor))) names.add(text);
  }
  return [...names];
}

function mentionedEntities(world: World): Set<Entity> {
  const entities = new Set<Entity>();
  const add = (several: readonly Entity[]): void => several.forEach(entity => entities.add(entity));
  for (const item of policyItems(world)) {
    for (const entity of [...asList(item.fromEntities), ...asList(item.toEntities)]) {
      if (entity === 'cluster' || entity === 'all') add(OF_CLUSTER);
      else add(ENTITIES.filter(one => one === entity));
    }
    for (const selector of [...asList(item.fromEndpoints), ...asList(item.toEndpoints)]) add(reservedIn(selector));
    if (asList(item.fromNodes).length + asList(item.toNodes).length > 0) entities.add('remote-node');
  }
  for (const { endpointSelector, nodeSelector } of policySpecs(world)) {
    add(reservedIn(endpointSelector));
    if (asObject(nodeSelector)) add(HOSTS);
  }
  // The world is told of by its addresses.
  entities.delete('world');
  return entities;
}

/** What a selector names by a reserved label. One that only leaves some out means everybody else. */
function reservedIn(selector: unknown): readonly Entity[] {
  const reserved = readRequirements(selector).filter(({ key }) => splitKey(key).source === 'reserved');
  const named = reserved.filter(({ operator }) => operator === 'In' || operator === 'Exists').map(({ key }) => splitKey(key).name);
  return reserved.length > 0 && named.length === 0 ? OF_CLUSTER : ENTITIES.filter(entity => named.includes(entity));
}

/** The addresses of a family in parts, split wherever a policy mentions one: what holds for one of a part holds for all. */
export function addressParts(mentioned: readonly AddressParty[], family: IpFamily): AddressParty[] {
  const { first, last } = SPACE[family];
  const starts = new Set([first]);
  for (const block of mentioned) {
    if (block.family !== family) continue;
    starts.add(block.first);
    if (block.last < last) starts.add(block.last + 1n);
  }
  const sorted = [...starts].sort((a, b) => (a < b ? -1 : Number(a > b)));
  return sorted.map((start, index) => ({ type: 'addresses', family, first: start, last: (sorted[index + 1] ?? last + 1n) - 1n }));
}

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/** Every CIDR and address that a policy, a CIDR group or a slice of a service names; those of one direction only, where it is given. */
export function mentionedAddresses(world: World, directions = DIRECTIONS): AddressParty[] {
  const texts = new Set<unknown>();
  const add = ({ cidr, except }: Record<string, unknown>) => [cidr, ...asList(except)].forEach(text => texts.add(text));
  for (const located of world.objects) {
    const { spec, endpoints } = located.object;
    if (isOfKind(located, 'networking.k8s.io', 'NetworkPolicy')) {
      for (const peer of networkPolicyPeers(asObject(spec) ?? {}, directions)) add(asObject(peer.ipBlock) ?? {});
    }
    if (isOfKind(located, 'cilium.io', 'CiliumCIDRGroup')) for (const text of asList(asObject(spec)?.externalCIDRs)) texts.add(text);
    if (isOfKind(located, 'discovery.k8s.io', 'EndpointSlice')) {
      for (const entry of asList(endpoints)) for (const text of asList(asObject(entry)?.addresses)) texts.add(text);
    }
  }
  for (const item of policyItems(world)) {
    for (const side of directions.map(direction => (direction === 'ingress' ? 'from' : 'to'))) {
      for (const text of asList(item[`${side}CIDR`])) texts.add(text);
      for (const entry of asList(item[`${side}CIDRSet`])) add(asObject(entry) ?? {});
    }
  }
  return [...texts].flatMap(text => readAddresses(text) ?? []);
}

function networkPolicyPeers(spec: Record<string, unknown>, directions: readonly Direction[]): Record<string, unknown>[] {
  return mappings(directions.flatMap(direction => asList(spec[direction])
    .flatMap(rule => asList(asObject(rule)?.[direction === 'ingress' ? 'from' : 'to']))));
}

function policyItems(world: World): Record<string, unknown>[] {
  return mappings(policySpecs(world).flatMap(spec => ['ingress', 'ingressDeny', 'egress', 'egressDeny'].flatMap(list => asList(spec[list]))));
}

function policySpecs({ objects }: World): Record<string, unknown>[] {
  return mappings(ofKind(objects, 'cilium.io', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy')
    .flatMap(({ object: { spec, specs } }) => [spec, ...asList(specs)]));
}

function mappings(list: readonly unknown[]): Record<string, unknown>[] {
  return list.map(asObject).filter(fields => fields !== undefined);
}
