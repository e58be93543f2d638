import { addressEnd, classEnd, type End, endOf } from './end';
import type { Cluster } from '../../reach/cluster';
import { type Connection, isClosed } from '../../reach/connection';
import { connectionText } from '../../reach/connection-text';
import { compareText, isSeveral } from '../../reach/endpoint';
import type { AddressParty, Party } from '../../reach/party';
import { PortSet } from '../../reach/port-set';
import type { MapEntry, ReachMap } from '../../reach/reach-map';
import { isToldByConditions } from '../../reach/told-by-name';

/** What passes between two ends, as people and programs are told. */
export interface Flow {
  readonly from: End;
  readonly to: End;
  readonly connection: Connection;
  /** What the part that only perhaps passes depends on. */
  readonly conditions: readonly string[];
}

export interface FlowOptions {
  /** Of which families addresses are looked at. */
  readonly families: readonly (4 | 6)[];
  /** Workloads that no policy can tell apart as one. */
  readonly byClass: boolean;
  /** Whether a pair is looked at. */
  includes(from: Party, to: Party): boolean;
}

/** What one of several ranges of addresses has in common with others. */
interface Told {
  readonly connection: Connection;
  readonly conditions: readonly string[];
}

/** The flows of a map, source by source. Addresses with the same connection are one end. */
export class Flows implements Iterable<Flow> {
  private readonly ends = new Map<Party, End>();
  private readonly told = new Map<string, Told>();

  constructor(private readonly cluster: Cluster, private readonly map: ReachMap, private readonly options: FlowOptions) {}

  *[Symbol.iterator](): Generator<Flow> {
    let fromAddresses: MapEntry[] = [];
    for (const entries of bySource(this.options.byClass ? this.byClass() : this.byParty())) {
      if (entries[0]!.from.type === 'addresses') {
        fromAddresses.push(...entries);
        continue;
      }
      yield* this.mergeSources(fromAddresses);
      fromAddresses = [];
      yield* this.mergeDestinations(entries);
    }
    yield* this.mergeSources(fromAddresses);
  }

  /** Addresses first: what comes from outside is what matters most. */
  private *byParty(): Iterable<MapEntry> {
    const { parties } = this.map;
    const sources = [...parties.filter(({ type }) => type === 'addresses'), ...parties.filter(({ type }) => type !== 'addresses')];
    for (const entry of this.map.entriesFrom(sources)) if (this.isIncluded(entry)) yield entry;
  }

  private *byClass(): Iterable<MapEntry> {
    for (const entry of this.map.byClass()) {
      const { from, to } = entry;
      const isItself = from.type === 'workload' && to.type === 'workload' && from.class === to.class;
      const isAny = !isItself || from.class.members.length > 1 || isSeveral(from.class.sample);
      if (isAny && this.isIncluded(entry)) yield entry;
    }
  }

  /** A name is somewhere to go; nobody who comes is known by one. */
  private isIncluded({ from, to }: MapEntry): boolean {
    return from.type !== 'name' && this.options.includes(from, to);
  }

  private *mergeSources(entries: readonly MapEntry[]): Iterable<Flow> {
    const groups = new Map<string, Told & { readonly to: Party; readonly ranges: AddressParty[] }>();
    for (const { from, to, connection } of entries) {
      const told = this.tell(from, to, connection);
      if (!told) continue;
      const key = `${this.end(to).text}\n${keyOf(told)}`;
      const group = groups.get(key) ?? { ...told, to, ranges: [] };
      groups.set(key, group);
      group.ranges.push(from as AddressParty);
    }
    const flows = [...groups.values()].map(({ to, ranges, connection, conditions }): Flow =>
      ({ from: this.addresses(ranges), to: this.end(to), connection, conditions }));
    yield* flows.sort((a, b) => compareText(a.from.text, b.from.text));
  }

  /** Of one source. Addresses stand where the first of them would. */
  private *mergeDestinations(entries: readonly MapEntry[]): Iterable<Flow> {
    const groups = new Map<string, Told & { readonly to: Party; readonly ranges: AddressParty[] }>();
    for (const { from, to, connection } of entries) {
      const told = this.tell(from, to, connection);
      if (!told) continue;
      const key = to.type === 'addresses' ? keyOf(told) : `to ${this.end(to).text}`;
      const group = groups.get(key) ?? { ...told, to, ranges: [] };
      groups.set(key, group);
      if (to.type === 'addresses') group.ranges.push(to);
    }
    const from = this.end(entries[0]!.from);
    for (const { to, ranges, connection, conditions } of groups.values()) {
      yield { from, to: to.type === 'addresses' ? this.addresses(ranges) : this.end(to), connection, conditions };
    }
  }

  private tell(from: Party, to: Party, connection: Connection): Told | undefined {
    if (connection.perhaps.isEmpty()) return { connection, conditions: [] };
    const key = from.type === 'workload' && to.type === 'workload' ? `${from.class.index} ${to.class.index}` : undefined;
    const known = key === undefined ? undefined : this.told.get(key);
    if (known) return isClosed(known.connection) ? undefined : known;
    const conditions = this.cluster.conditions(from, to);
    const told = isToldByConditions(conditions)
      ? { connection: { ...connection, perhaps: PortSet.NONE }, conditions: [] } : { connection, conditions };
    if (key !== undefined) this.told.set(key, told);
    return isClosed(told.connection) ? undefined : told;
  }

  private end(party: Party): End {
    let end = this.ends.get(party);
    if (!end) {
      end = party.type === 'addresses' ? this.addresses([party])
        : party.type === 'workload' && this.options.byClass ? classEnd(party.class.members) : endOf(party);
      this.ends.set(party, end);
    }
    return end;
  }

  private addresses(ranges: readonly AddressParty[]): End {
    return addressEnd(ranges, this.options.families.length);
  }
}

function* bySource(entries: Iterable<MapEntry>): Generator<MapEntry[]> {
  let held: MapEntry[] = [];
  for (const entry of entries) {
    if (held.length > 0 && held[0]!.from !== entry.from) {
      yield held;
      held = [];
    }
    held.push(entry);
  }
  if (held.length > 0) yield held;
}

function keyOf({ connection, conditions }: Told): string {
  return `${connectionText(connection)}\n${conditions.join('\n')}`;
}
