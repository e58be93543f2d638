import type { Reason } from './answer';
import { beyond } from './beyond';
import type { Cluster } from './cluster';
import { CLOSED, type Connection, connectionOf, isClosed, mostOf } from './connection';
import { compareText } from './endpoint';
import { isAlone, isSame, type Party, titleOf } from './party';
import { PortSet } from './port-set';
import type { MapEntry } from './reach-map';
import { changedPolicies, reasonsOfChange } from './reasons-of-change';
import { remember } from './remember';
import { withoutRepeated } from './repeated-changes';
import { joinStrangers } from './strangers';
import { strangersOfChange } from './strangers-of-change';
import { crossesTenants, type Compared } from './tenants';
import { withoutToldByIpv4 } from './told-by-ipv4';
import { isToldByName } from './told-by-name';
import { TENANT_LABEL } from '../target/well-known-labels';

/** What is different between two sets for one pair. */
export interface Change {
  /** `opened` and `closed` where nothing passed before, or nothing passes now; `changed` for everything between. */
  readonly kind: 'opened' | 'closed' | 'changed';
  readonly from: Party;
  readonly to: Party;
  readonly before: Connection;
  readonly after: Connection;
  /** Ports on which more passes than before: anything at all, more requests, or for sure and no longer under a condition. */
  readonly more: PortSet;
  /** Ports on which less passes than before. */
  readonly less: PortSet;
  /** What the pair is, for telling what matters. */
  readonly traits: readonly Trait[];
  /** The policies that did it. */
  readonly because: readonly Reason[];
}

export const TRAITS = ['from-world', 'to-world', 'cross-tenant', 'cross-namespace', 'new-workload', 'removed-workload'] as const;
export type Trait = (typeof TRAITS)[number];

export interface DiffOptions {
  /** Label of Namespaces that says whose they are; without it, `tenantOf` tells how else that is known. @default 'platform.io/team' */
  readonly tenantLabel?: string;
  /** Of which families addresses are told. @default - IPv4, and IPv6 where that is not the same or a policy names addresses of it */
  readonly families?: readonly (4 | 6)[];
}

/** What a change of manifests opens, closes and changes, in the order of the titles. */
export function diff(one: Cluster, other: Cluster, options: DiffOptions = {}): Change[] {
  const [first, second] = [one.toldApartFrom(other), other.toldApartFrom(one)];
  const { tenantLabel = TENANT_LABEL, families = [4, 6] } = options;
  const changedTitles = changedPolicies(first, second);
  const known = [first, second].map(({ world: { strangers } }) => strangers);
  // A selector that got wider may mean nobody new in the set.
  const wanted = joinStrangers([
    ...known, strangersOfChange(first, second, changedTitles), strangersOfChange(second, first, changedTitles),
  ]);
  const [before, after] = [first.withStrangers(wanted), second.withStrangers(wanted)];
  const numbers = new Map<string, number>();
  const [old, now] = [passagesOf(before, after, { families, numbers }), passagesOf(after, before, { families, numbers })];
  const changes: Change[] = [];
  // Of many pairs the same holds, and requests take long to compare.
  const rises = new Map<Connection, Map<Connection, Rise>>();
  for (const { from, to, was, is } of differing(old, now)) {
    const since = remember(rises, was, () => new Map<Connection, Rise>());
    const { more, less } = remember(since, is, () => ({ more: risen(was, is), less: risen(is, was) }));
    if (more.isEmpty() && less.isEmpty()) continue;
    changes.push({
      kind: isClosed(was) ? 'opened' : isClosed(is) ? 'closed' : 'changed',
      from,
      to,
      before: was,
      after: is,
      more,
      less,
      traits: traitsOf(from, to, { before, after, tenantLabel }),
      because: reasonsOfChange({ before, after, from, to, more, less, changedTitles }),
    });
  }
  const titles = new Set(known.flat().map(({ title }) => title));
  const different = options.families ? changes : withoutToldByIpv4(changes, [before, after]);
  const told = withoutRepeated(different, wanted.filter(({ title }) => !titles.has(title)), after);
  return told.map(change => ({ change, key: keyOf(change.from, change.to) }))
    .sort((a, b) => compareText(a.key, b.key)).map(({ change }) => change);
}

/** What passes in a set, by numbers for the ends: a key made of titles for each of millions of pairs takes gigabytes. */
interface Passages {
  readonly byEnds: ReadonlyMap<number, ReadonlyMap<number, Connection>>;
  /** Who has a number. */
  readonly parties: readonly Party[];
}

interface PassagesOptions {
  readonly families: readonly (4 | 6)[];
  /** Those of the ends of both sets. */
  readonly numbers: Map<string, number>;
}

/** Both sets are split at the addresses of both, so that a part is a part in either. */
function passagesOf(cluster: Cluster, other: Cluster, { families, numbers }: PassagesOptions): Passages {
  const map = cluster.map(families, other.mentionedAddresses(), {
    others: other.mentionedParties(), withNodes: cluster.governsNodes || other.governsNodes,
  });
  const parties: Party[] = [];
  const known = new Map<Party, number>();
  const number = (party: Party) => remember(known, party, () => {
    const own = remember(numbers, `${party.type} ${titleOf(party)}`, () => numbers.size);
    parties[own] = party;
    return own;
  });
  const byEnds = new Map<number, Map<number, Connection>>();
  for (const entry of map) {
    const { from, to } = entry;
    // An address that a pod has in one of the sets is told of the pod.
    if (other.isInside(from) || other.isInside(to)) continue;
    // That there are more pods of a workload, or fewer, opens nothing.
    if (isSame(from, to) && isAlone(other.find(from) ?? from, other.find(to) ?? to)) continue;
    const connection = withoutNames(entry, cluster);
    if (!isClosed(connection)) remember(byEnds, number(from), () => new Map<number, Connection>()).set(number(to), connection);
  }
  return { byEnds, parties };
}

/** That a DNS name may lead to an address is told of the name, once. */
function withoutNames({ from, to, connection }: MapEntry, cluster: Cluster): Connection {
  return isToldByName(from, to, connection, cluster) ? connectionOf(connection.open, connection.limited, PortSet.NONE) : connection;
}

/** Pairs of which not the same holds in both. */
function* differing(old: Passages, now: Passages) {
  for (const from of new Set([...old.byEnds.keys(), ...now.byEnds.keys()])) {
    const [before, after] = [old.byEnds.get(from), now.byEnds.get(from)];
    for (const to of new Set([...before?.keys() ?? [], ...after?.keys() ?? []])) {
      const [was, is] = [before?.get(to) ?? CLOSED, after?.get(to) ?? CLOSED];
      if (was === is) continue;
      const { parties } = after?.has(to) ? now : old;
      yield { from: parties[from]!, to: parties[to]!, was, is };
    }
  }
}

function keyOf(from: Party, to: Party): string {
  return `${titleOf(from)}\n${titleOf(to)}\n${from.type} ${to.type}`;
}

type Rise = Pick<Change, 'more' | 'less'>;

/** Ports on which `b` lets more through than `a`, for sure or at most. */
function risen(a: Connection, b: Connection): PortSet {
  return beyond(b, a).union(beyond(mostOf(b), mostOf(a)));
}

function traitsOf(from: Party, to: Party, sides: Compared): Trait[] {
  const { before, after } = sides;
  const namespaces = [from, to].map(party => (party.type === 'workload' ? party.endpoint.namespace : undefined));
  const bothInside = namespaces.every(name => name !== undefined);
  const missingIn = (cluster: Cluster) => [from, to].some(party => party.type === 'workload' && !cluster.find(party));
  const traits: Record<Trait, boolean> = {
    'from-world': isWorld(from),
    'to-world': isWorld(to),
    'cross-tenant': crossesTenants(from, to, sides),
    'cross-namespace': bothInside && namespaces[0] !== namespaces[1],
    'new-workload': missingIn(before),
    'removed-workload': missingIn(after),
  };
  return TRAITS.filter(trait => traits[trait]);
}

function isWorld(party: Party): boolean {
  return party.type === 'addresses' || party.type === 'name' || (party.type === 'entity' && party.entity === 'world');
}
