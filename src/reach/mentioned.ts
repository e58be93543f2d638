import { readAddresses } from './address-block';
import { compareText } from './endpoint';
import { type AddressParty, type Entity, type Party } from './party';
import type { Direction } from './rule';
import type { World } from './world';
import { asList, asObject } from '../checks/read';
import type { IpFamily } from '../values/cidr';

/** Those entities are single parties; the others are made of several. */
const SINGLE: readonly string[] = ['host', 'remote-node', 'kube-apiserver', 'ingress', 'health'];
const SPACE: Record<IpFamily, AddressParty> = { 4: readAddresses('0.0.0.0/0')!, 6: readAddresses('::/0')! };

/** What is outside of the set and named by policies: DNS names and entities. */
export function mentionedParties(world: World): Party[] {
  const names = new Set<string>();
  const entities = new Set<string>();
  for (const item of policyItems(world)) {
    for (const entry of asList(item.toFQDNs)) {
      const { matchName, matchPattern } = asObject(entry) ?? {};
      for (const text of [matchName, matchPattern]) if (typeof text === 'string' && text !== '') names.add(text);
    }
    for (const entity of [...asList(item.fromEntities), ...asList(item.toEntities)]) {
      if (typeof entity !== 'string') continue;
      if (SINGLE.includes(entity)) entities.add(entity);
      // Nodes are part of the cluster, and kubelets listen on them.
      if (entity === 'cluster' || entity === 'all') for (const node of ['host', 'remote-node']) entities.add(node);
    }
  }
  return [
    ...[...names].sort(compareText).map((name): Party => ({ type: 'name', name })),
    ...[...entities].sort(compareText).map((entity): Party => ({ type: 'entity', entity: entity as Entity })),
  ];
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
  for (const { object: { kind, spec, endpoints } } of world.objects) {
    if (kind === 'NetworkPolicy') for (const peer of networkPolicyPeers(asObject(spec) ?? {}, directions)) add(asObject(peer.ipBlock) ?? {});
    if (kind === 'CiliumCIDRGroup') for (const text of asList(asObject(spec)?.externalCIDRs)) texts.add(text);
    if (kind === 'EndpointSlice') for (const entry of asList(endpoints)) for (const text of asList(asObject(entry)?.addresses)) texts.add(text);
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

function policyItems({ objects }: World): Record<string, unknown>[] {
  const specs = objects.filter(({ object: { kind } }) => kind === 'CiliumNetworkPolicy' || kind === 'CiliumClusterwideNetworkPolicy')
    .flatMap(({ object: { spec, specs: several } }) => [spec, ...asList(several)]);
  return mappings(specs.flatMap(spec => ['ingress', 'ingressDeny', 'egress', 'egressDeny'].flatMap(list => asList(asObject(spec)?.[list]))));
}

function mappings(list: readonly unknown[]): Record<string, unknown>[] {
  return list.map(asObject).filter(fields => fields !== undefined);
}
