import { BitSet } from './bit-set';
import { type Connection, isClosed } from './connection';
import { compareText, type EndpointClass, isOwn } from './endpoint';
import type { Half } from './half';
import type { Halves } from './halves';
import { namesOfSource } from './names-of-source';
import { isAlone, isOfSet, type Party, sampleOf, titleOf, type WorkloadParty } from './party';
import { workload } from './place';
import { remember } from './remember';

/** A pair between which something passes, for sure or perhaps. */
export interface MapEntry {
  readonly from: Party;
  readonly to: Party;
  readonly connection: Connection;
}

/** A class, or somebody outside of the set, and what passes to it. */
interface RowEntry {
  readonly to: Party;
  readonly connection: Connection;
}

/** Who reaches whom: worked out class by class while it is read, and never held as a whole. */
export class ReachMap implements Iterable<MapEntry> {
  /** Everyone in the map, in the order of the titles. */
  readonly parties: readonly Party[];
  private readonly samples: readonly WorkloadParty[];
  /** Where the members of a class, or somebody outside of the set, stand among the parties. */
  private readonly places = new Map<EndpointClass | Party, number[]>();
  private readonly ours: BitSet;
  private incoming: readonly BitSet[] | undefined;
  private openToOutside: readonly WorkloadParty[] | undefined;
  private shared: ReadonlyMap<Half, number> | undefined;
  /** Entities and nodes. */
  private readonly ofCluster: readonly Party[];
  private readonly outside = new Map<Half, ReadonlyMap<Party, Connection>>();

  /** @param withNodes whether nodes are ends of their own, and not only such that workloads have to do with */
  constructor(private readonly halves: Halves, private readonly others: readonly Party[], private readonly withNodes: boolean) {
    const { world } = halves;
    this.ofCluster = others.filter(party => !this.isOutside(party));
    this.parties = [...world.endpoints.map(endpoint => workload(endpoint, world)), ...others]
      .map(party => ({ party, title: titleOf(party) })).sort((a, b) => compareText(a.title, b.title)).map(({ party }) => party);
    this.samples = world.classes.map(sampleOf);
    this.ours = new BitSet(world.size);
    for (const { index, sample } of world.classes) if (isOwn(sample)) this.ours.add(index);
    this.parties.forEach((party, place) => {
      const key = party.type === 'workload' ? party.class : party;
      const places = this.places.get(key);
      if (places) places.push(place);
      else this.places.set(key, [place]);
    });
  }

  /**
   * Pairs in the order of their titles, a workload and itself where it is several pods. What has a workload of the set at neither end is
   * left out.
   */
  [Symbol.iterator](): Iterator<MapEntry> {
    return this.entriesFrom(this.parties);
  }

  /** The pairs that begin at some parties, in their order. */
  *entriesFrom(sources: Iterable<Party>): Generator<MapEntry> {
    const rows = new Map<EndpointClass, readonly RowEntry[]>();
    for (const from of sources) {
      for (const { to, connection } of this.expand(this.rowOf(from, rows))) {
        if (!isAlone(from, to)) yield { from, to, connection };
      }
    }
  }

  /** The same, a class of workloads that no policy can tell apart as one. */
  *byClass(): Iterable<MapEntry> {
    for (const from of [...this.samples, ...this.others]) {
      for (const { to, connection } of this.row(from)) yield { from, to, connection };
    }
  }

  /** What passes from one to another. */
  connection(from: Party, to: Party): Connection {
    return this.halves.between(from, to);
  }

  /** A row for every member of the classes in it, in the order of the parties. */
  private *expand(row: readonly RowEntry[]): Iterable<RowEntry> {
    const placed = row.map(entry => ({ entry, places: this.places.get(entry.to.type === 'workload' ? entry.to.class : entry.to)! }));
    const count = placed.reduce((sum, { places }) => sum + places.length, 0);
    // Sorting a few is cheaper than looking at everyone; looking at everyone is cheaper than sorting many.
    if (count * SPARSE > this.parties.length) {
      const connections = new Array<Connection | undefined>(this.parties.length).fill(undefined);
      for (const { entry, places } of placed) for (const place of places) connections[place] = entry.connection;
      for (let place = 0; place < connections.length; place++) {
        const connection = connections[place];
        if (connection) yield { to: this.parties[place]!, connection };
      }
      return;
    }
    const pairs = placed.flatMap(({ entry, places }) => places.map(place => ({ place, connection: entry.connection })));
    for (const { place, connection } of pairs.sort((a, b) => a.place - b.place)) yield { to: this.parties[place]!, connection };
  }

  /** Rows of classes with many members are needed once for each. */
  private rowOf(from: Party, rows: Map<EndpointClass, readonly RowEntry[]>): readonly RowEntry[] {
    if (from.type !== 'workload' || from.class.members.length === 1) return this.row(from);
    let row = rows.get(from.class);
    if (!row) {
      row = this.row(from);
      rows.set(from.class, row);
    }
    return row;
  }

  /** To classes by a sample, and to those outside. */
  private row(from: Party): readonly RowEntry[] {
    const row: RowEntry[] = [];
    const add = (to: Party): void => {
      // What strangers do among themselves and with the outside is nothing that this set is about.
      if (!this.isOurs(from) && !this.isOurs(to)) return;
      const connection = this.connection(from, to);
      if (!isClosed(connection)) row.push({ to, connection });
    };
    // A name is somewhere to go; nobody who comes is known by one.
    if (from.type === 'name') return row;
    if (this.withNodes && isNode(from)) this.others.filter(({ type }) => type === 'addresses' || type === 'name').forEach(add);
    if (this.withNodes && from.type === 'addresses') this.others.filter(isNode).forEach(add);
    if (from.type === 'workload') {
      const reached = this.halves.candidates('egress', from.class).copy().keep(this.incomingOf(from.class));
      (isOfSet(from) ? reached : reached.keep(this.ours)).forEach(index => add(this.samples[index]!));
      const outside = isOfSet(from) ? this.outsideOf(from) : NOBODY;
      for (const to of outside.size > 0 ? this.others : this.ofCluster) {
        const connection = outside.get(to);
        if (connection) row.push({ to, connection });
        else if (!this.isOutside(to)) add(to);
      }
    } else if (this.isOutside(from)) {
      this.openToOutside ??= this.samples.filter(to => this.halves.half('ingress', to).reachesOutside);
      this.openToOutside.forEach(add);
    } else {
      this.samples.forEach(add);
    }
    return row;
  }

  /** Whether the policies of the set are about one. */
  private isOurs(party: Party): boolean {
    return isOfSet(party) || (this.withNodes && isNode(party));
  }

  /** What passes to addresses and names: the same for all whom the same policies are about. */
  private outsideOf(from: WorkloadParty): ReadonlyMap<Party, Connection> {
    const half = this.halves.half('egress', from);
    // Kept where it is needed again. Pods of the host network may be free of policies that others are bound by.
    const isKept = !from.endpoint.hostNetwork && this.sharing.get(half)! > 1;
    return isKept ? remember(this.outside, half, () => this.readOutside(from, half)) : this.readOutside(from, half);
  }

  /** How many classes have a half. */
  private get sharing(): ReadonlyMap<Half, number> {
    if (this.shared) return this.shared;
    const shared = new Map<Half, number>();
    for (const half of this.samples.map(sample => this.halves.half('egress', sample))) shared.set(half, (shared.get(half) ?? 0) + 1);
    return this.shared = shared;
  }

  private readOutside(from: WorkloadParty, { reachesOutside }: Half): ReadonlyMap<Party, Connection> {
    if (!reachesOutside) return NOBODY;
    const outside = new Map<Party, Connection>();
    const isTold = namesOfSource(from, this.halves);
    for (const to of this.others) {
      if (!this.isOutside(to) || (to.type === 'name' && !isTold(to))) continue;
      const connection = this.connection(from, to);
      if (!isClosed(connection)) outside.set(to, connection);
    }
    return outside;
  }

  private isOutside(party: Party): boolean {
    return party.type === 'name' || (party.type === 'addresses' && !this.halves.mayBeNode(party));
  }

  /** Classes that may let one in. */
  private incomingOf(one: EndpointClass): BitSet {
    this.incoming ??= this.transpose();
    return this.incoming[one.index]!;
  }

  private transpose(): BitSet[] {
    const { world } = this.halves;
    const { size } = world;
    const everybody = new BitSet(size);
    const incoming = world.classes.map(() => new BitSet(size));
    for (const one of world.classes) {
      if (this.halves.isIsolated('ingress', one)) this.halves.candidates('ingress', one).forEach(from => incoming[from]!.add(one.index));
      else everybody.add(one.index);
    }
    return incoming.map(set => set.addAll(everybody));
  }
}

const SPARSE = 16;
const NOBODY: ReadonlyMap<Party, Connection> = new Map();

/** To everybody but its own pods the host is a node like others. */
function isNode(party: Party): boolean {
  return party.type === 'node' || (party.type === 'entity' && party.entity === 'remote-node');
}
