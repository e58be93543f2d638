import type { Reason } from './answer';
import { beyond } from './beyond';
import type { Cluster } from './cluster';
import { CLOSED, type Connection, connectionOf, isClosed, mostOf } from './connection';
import { compareText } from './endpoint';
import { type Party, titleOf } from './party';
import { PortSet } from './port-set';
import type { MapEntry } from './reach-map';
import { changedPolicies, reasonsOfChange } from './reasons-of-change';
import { remember } from './remember';
import { withoutRepeated } from './repeated-changes';
import { joinStrangers } from './strangers';
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
  /** Of which families addresses are looked at. @default - IPv4, and IPv6 where a policy names addresses of it */
  readonly families?: readonly (4 | 6)[];
}

/** What a change of manifests opens, closes and changes, in the order of the titles. */
export function diff(one: Cluster, other: Cluster, options: DiffOptions = {}): Change[] {
  const [first, second] = [one.toldApartFrom(other), other.toldApartFrom(one)];
  const { tenantLabel = TENANT_LABEL, families = familiesOf([first, second]) } = options;
  const changedTitles = changedPolicies(first, second);
  const known = [first, second].map(({ world: { strangers } }) => strangers);
  // A selector that got wider may mean nobody new in the set.
  const wanted = joinStrangers([...known, first.strangersOf(changedTitles, second), second.strangersOf(changedTitles, first)]);
  const [before, after] = [first.withStrangers(wanted), second.withStrangers(wanted)];
  const [old, now] = [entriesOf(before, after, families), entriesOf(after, before, families)];
  const changes: Change[] = [];
  // Of many pairs the same holds, and requests take long to compare.
  const rises = new Map<Connection, Map<Connection, Rise>>();
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const pair = now.get(key) ?? old.get(key)!;
    const [was, is] = [old.get(key)?.connection ?? CLOSED, now.get(key)?.connection ?? CLOSED];
    if (was === is) continue;
    const since = remember(rises, was, () => new Map<Connection, Rise>());
    const { more, less } = remember(since, is, () => ({ more: risen(was, is), less: risen(is, was) }));
    if (more.isEmpty() && less.isEmpty()) continue;
    const { from, to } = pair;
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
  const told = withoutRepeated(changes, wanted.filter(({ title }) => !titles.has(title)), after);
  return told.map(change => ({ change, key: keyOf(change.from, change.to) }))
    .sort((a, b) => compareText(a.key, b.key)).map(({ change }) => change);
}

/** IPv6 where a policy says something of it. */
function familiesOf(clusters: readonly Cluster[]): (4 | 6)[] {
  return clusters.some(cluster => cluster.mentionedAddresses().some(({ family }) => family === 6)) ? [4, 6] : [4];
}

/** Both sets are split at the addresses of both, so that a part is a part in either. */
function entriesOf(cluster: Cluster, other: Cluster, families: readonly (4 | 6)[]): Map<string, MapEntry> {
  const entries = new Map<string, MapEntry>();
  const map = cluster.map(families, other.mentionedAddresses(), other.mentionedParties());
  for (const entry of map) {
    // An address that a pod has in one of the sets is told of the pod.
    if (other.isPod(entry.from) || other.isPod(entry.to)) continue;
    const told = withoutNames(entry, cluster);
    if (!isClosed(told.connection)) entries.set(keyOf(entry.from, entry.to), told);
  }
  return entries;
}

/** That a DNS name may lead to an address is told of the name, once. */
function withoutNames(entry: MapEntry, cluster: Cluster): MapEntry {
  const { from, to, connection } = entry;
  if (!isToldByName(from, to, connection, cluster)) return entry;
  return { from, to, connection: connectionOf(connection.open, connection.limited, PortSet.NONE) };
}

function keyOf(from: Party, to: Party): string {
  return `${titleOf(from)}\n${titleOf(to)}\n${from.type} ${to.type}`;
}

type Rise = Pick<Change, 'more' | 'less'>;

/** Ports on which `b` lets more through than `a`, for sure or at most. */
function risen(a: Connection, b: Connection): PortSet {
  return beyond(b, a).union(beyond(mostOf(b), mostOf(a)));
}

interface Sides {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly tenantLabel: string;
}

function traitsOf(from: Party, to: Party, { before, after, tenantLabel }: Sides): Trait[] {
  const namespaces = [from, to].map(party => (party.type === 'workload' ? party.endpoint.namespace : undefined));
  const tenants = [from, to].map(party => tenantOf(party, { before, after, tenantLabel }));
  const bothInside = namespaces.every(name => name !== undefined);
  const missingIn = (cluster: Cluster) => [from, to].some(party => party.type === 'workload' && !cluster.find(party));
  const traits: Record<Trait, boolean> = {
    'from-world': isWorld(from),
    'to-world': isWorld(to),
    'cross-tenant': tenants.every(tenant => tenant !== undefined) && tenants[0] !== tenants[1],
    'cross-namespace': bothInside && namespaces[0] !== namespaces[1],
    'new-workload': missingIn(before),
    'removed-workload': missingIn(after),
  };
  return TRAITS.filter(trait => traits[trait]);
}

/** A namespace that nobody here knows is taken for somebody else's: a gate has to see what opens to it. */
function tenantOf(party: Party, { before, after, tenantLabel }: Sides): string | undefined {
  if (party.type !== 'workload') return undefined;
  const { namespace, stranger, alike = 0 } = party.endpoint;
  const tenant = after.tenantOf(party.endpoint, tenantLabel) ?? before.tenantOf(party.endpoint, tenantLabel);
  const isKnown = alike === 0 && [after, before].some(({ world }) => world.namespaces.has(namespace));
  return tenant ?? (stranger && !isKnown ? `whoever has ${namespace}` : undefined);
}

function isWorld(party: Party): boolean {
  return party.type === 'addresses' || party.type === 'name' || (party.type === 'entity' && party.entity === 'world');
}
