import { type EndpointClass, type Endpoint, isOwn, isSeveral } from './endpoint';
import { remember } from './remember';
import type { Cidr, IpFamily } from '../values/cidr';
import { ipToString } from '../values/cidr';

/** What Cilium calls reserved identities, and what is there on every other CNI too: nodes, the API server and the world. */
export const ENTITIES = ['host', 'remote-node', 'kube-apiserver', 'ingress', 'health', 'init', 'unmanaged', 'world'] as const;
export type Entity = (typeof ENTITIES)[number];

/** One end of a connection. */
export type Party = WorkloadParty | AddressParty | NameParty | EntityParty | NodeParty;

export interface WorkloadParty {
  readonly type: 'workload';
  readonly endpoint: Endpoint;
  readonly class: EndpointClass;
}

/** Addresses outside of the cluster, from first to last. */
export interface AddressParty {
  readonly type: 'addresses';
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/** What is outside of the cluster and known by a DNS name, or by a pattern of names. */
export interface NameParty {
  readonly type: 'name';
  readonly name: string;
}

export interface EntityParty {
  readonly type: 'entity';
  readonly entity: Entity;
  /** Of a node that was named by it. */
  readonly address?: AddressParty;
}

/** A node other than the pod's own. */
export interface NodeParty {
  readonly type: 'node';
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly addresses: readonly AddressParty[];
}

/** Whether something is meant: for sure, not at all, or under a condition, which is said. */
export type Match = boolean | string;

const addressTitles = new WeakMap<AddressParty, string>();

/** Of somebody known by an address: only the ICMP of its family passes there. */
export function familyOf(party: Party): IpFamily | undefined {
  if (party.type === 'entity') return party.address?.family;
  return party.type === 'addresses' ? party.family : undefined;
}

export function titleOf(party: Party): string {
  switch (party.type) {
    case 'workload': return party.endpoint.title;
    case 'addresses': return remember(addressTitles, party, () => (party.first === party.last ? addressText(party, party.first) : rangeText(party)));
    case 'name': return party.name;
    case 'entity': return party.entity;
    case 'node': return `${party.name}[Node]`;
  }
}

/** A class by one of its members. */
export function sampleOf(one: EndpointClass): WorkloadParty {
  return { type: 'workload', endpoint: one.sample, class: one };
}

/** Whether both are one workload. */
export function isSame(a: Party, b: Party): boolean {
  return a.type === 'workload' && b.type === 'workload' && a.endpoint === b.endpoint;
}

/** Whether both are one workload that has no connections with itself: nobody asks whether a pod reaches itself. */
export function isAlone(a: Party, b: Party): boolean {
  return a.type === 'workload' && isSame(a, b) && !isSeveral(a.endpoint);
}

/** Whether it is the set that says what a party may do. */
export function isOfSet(party: Party): boolean {
  return party.type === 'workload' && isOwn(party.endpoint);
}

/** `a-b`, for a single address too. */
export function rangeText(party: AddressParty): string {
  return `${addressText(party, party.first)}-${addressText(party, party.last)}`;
}

function addressText({ family }: AddressParty, address: bigint): string {
  return ipToString({ family, address });
}

export function addressesOf({ family, address, prefix }: Cidr): AddressParty {
  const bits = family === 4 ? 32 : 128;
  return { type: 'addresses', family, first: address, last: address + 2n ** BigInt(bits - prefix) - 1n };
}

/** Whether `inner` lies in `outer` wholly, not at all, or in part. */
export function within(outer: AddressParty, inner: AddressParty): 'all' | 'none' | 'part' {
  if (outer.family !== inner.family || inner.last < outer.first || outer.last < inner.first) return 'none';
  return outer.first <= inner.first && inner.last <= outer.last ? 'all' : 'part';
}

/** The condition that several are under, or a plain answer where one settles it. */
export function anyMatch(matches: Iterable<Match>): Match {
  let condition: Match = false;
  for (const match of matches) {
    if (match === true) return true;
    if (match !== false) condition = match;
  }
  return condition;
}

/** The same of what is made of each of several, for as long as it is not settled. */
export function anyOf<T>(items: readonly T[], matchOf: (item: T) => Match): Match {
  let condition: Match = false;
  for (const item of items) {
    const match = matchOf(item);
    if (match === true) return true;
    if (match !== false) condition = match;
  }
  return condition;
}

export function allMatch(a: Match, b: Match): Match {
  if (a === false || b === false) return false;
  return a === true ? b : a;
}
