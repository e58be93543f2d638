import { BitSet } from './bit-set';
import { type Connection, isClosed } from './connection';
import { compareText, type EndpointClass } from './endpoint';
import type { Halves } from './halves';
import { type Party, titleOf, type WorkloadParty } from './party';
import { workload } from './place';

/** A pair between which something passes, for sure or perhaps. */
export interface MapEntry {
  readonly from: Party;
  readonly to: Party;
  readonly connection: Connection;
}

/** Who reaches whom: worked out class by class while it is read, and never held as a whole. */
export class ReachMap implements Iterable<MapEntry> {
  /** Everyone in the map, in the order of the titles. */
  readonly parties: readonly Party[];
  private readonly others: readonly Party[];
  private incoming: readonly BitSet[] | undefined;
  private openToOutside: readonly WorkloadParty[] | undefined;

  constructor(private readonly halves: Halves, others: readonly Party[]) {
    const { world } = halves;
    this.others = others;
    this.parties = [...world.endpoints.map(endpoint => workload(endpoint, world)), ...others]
      .map(party => ({ party, title: titleOf(party) })).sort((a, b) => compareText(a.title, b.title)).map(({ party }) => party);
  }

  /** Pairs in the order of their titles. A workload to itself is left out, and so is what has a workload at neither end. */
  *[Symbol.iterator](): Iterator<MapEntry> {
    const rows = new Map<EndpointClass, Row>();
    for (const from of this.parties) {
      const row = from.type === 'workload' ? this.rowOf(from.class, rows) : this.rowFrom(from);
      for (const to of this.parties) {
        const connection = to.type === 'workload' ? row.classes[to.class.index] : from.type === 'workload' ? row.others.get(to) : undefined;
        if (!connection || isClosed(connection)) continue;
        if (from.type === 'workload' && to.type === 'workload' && from.endpoint === to.endpoint) continue;
        yield { from, to, connection };
      }
    }
  }

  /** The same, a class of workloads that no policy can tell apart as one. */
  *byClass(): Iterable<MapEntry> {
    const { world } = this.halves;
    const samples = [...world.classes.map(one => workload(one.sample, world)), ...this.others];
    for (const from of samples) {
      const row = from.type === 'workload' ? this.row(from.class) : this.rowFrom(from);
      for (const to of samples) {
        const connection = to.type === 'workload' ? row.classes[to.class.index] : from.type === 'workload' ? row.others.get(to) : undefined;
        if (connection && !isClosed(connection)) yield { from, to, connection };
      }
    }
  }

  /** What passes from one to another. */
  connection(from: Party, to: Party): Connection {
    return this.halves.between(from, to);
  }

  /** Rows of classes with many members are needed once for each. */
  private rowOf(one: EndpointClass, rows: Map<EndpointClass, Row>): Row {
    if (one.members.length === 1) return this.row(one);
    let row = rows.get(one);
    if (!row) {
      row = this.row(one);
      rows.set(one, row);
    }
    return row;
  }

  private row(one: EndpointClass): Row {
    const { world } = this.halves;
    const from = workload(one.sample, world);
    const classes: (Connection | undefined)[] = new Array<Connection | undefined>(world.size).fill(undefined);
    const candidates = this.halves.candidates('egress', one).copy().keep(this.incomingOf(one));
    candidates.forEach(index => {
      classes[index] = this.connection(from, workload(world.classes[index]!.sample, world));
    });
    const outside = this.halves.half('egress', from).reachesOutside;
    const others = this.others.filter(to => outside || !isOutside(to));
    return { classes, others: new Map(others.map(to => [to, this.connection(from, to)])) };
  }

  private rowFrom(from: Party): Row {
    const { world } = this.halves;
    this.openToOutside ??= world.classes.map(({ sample }) => workload(sample, world))
      .filter(to => this.halves.half('ingress', to).reachesOutside);
    const classes: Row['classes'][number][] = new Array<Connection | undefined>(world.size).fill(undefined);
    const destinations = isOutside(from) ? this.openToOutside : world.classes.map(({ sample }) => workload(sample, world));
    for (const to of destinations) classes[to.class.index] = this.connection(from, to);
    return { classes, others: NONE };
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

interface Row {
  readonly classes: readonly (Connection | undefined)[];
  readonly others: ReadonlyMap<Party, Connection>;
}

function isOutside({ type }: Party): boolean {
  return type === 'addresses' || type === 'name';
}

const NONE: ReadonlyMap<Party, Connection> = new Map();

