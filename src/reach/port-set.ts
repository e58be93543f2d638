/**
 * What a connection can be made with. ICMP is counted by type, each family for itself; `OTHER` is every protocol beside
 * these, which only an allow of everything covers.
 */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6', 'OTHER'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

const LIMITS: Record<Protocol, readonly [number, number]> = {
  TCP: [1, 65535], UDP: [1, 65535], SCTP: [1, 65535], ICMP: [0, 255], ICMPv6: [0, 255], OTHER: [0, 0],
};

/** From and to, both included. */
export type PortRange = readonly [number, number];
type Ranges = readonly PortRange[];

/** Unions of more sets than these are made in one go. */
const FEW = 8;

const byKey = new Map<string, PortSet>();
const byRange = Object.fromEntries(PROTOCOLS.map(protocol => [protocol, new Map()])) as unknown as Record<Protocol, Map<number, PortSet>>;
const unions = new Map<number, PortSet>();
const intersections = new Map<number, PortSet>();
const differences = new Map<number, PortSet>();

/**
 * Ports of several protocols. Equal sets are the same object, so that they compare by identity and what was worked out once
 * for two of them is remembered.
 */
export class PortSet {
  static readonly NONE = PortSet.from({});
  static readonly ALL = PortSet.from(everything());

  /** Every port, or every type, of a protocol. */
  static protocol(protocol: Protocol): PortSet {
    return PortSet.from({ [protocol]: [LIMITS[protocol]] });
  }

  /** What lies outside of the protocol's ports is cut off. */
  static range(protocol: Protocol, from: number, to: number): PortSet {
    // The same few ports are written again and again.
    if (!isPort(from) || !isPort(to)) return PortSet.from({ [protocol]: [[from, to]] });
    const key = from * 2 ** 17 + to;
    let set = byRange[protocol].get(key);
    if (!set) {
      set = PortSet.from({ [protocol]: [[from, to]] });
      byRange[protocol].set(key, set);
    }
    return set;
  }

  static union(sets: readonly PortSet[]): PortSet {
    if (sets.length <= FEW) return sets.reduce((union, set) => union.union(set), PortSet.NONE);
    // At once, since every set on the way would be kept.
    return PortSet.from(Object.fromEntries(PROTOCOLS.map((protocol, index) => [protocol, sets.flatMap(({ lists }) => lists[index]!)])));
  }

  /** The ports in any of the sets, those that are in the same ones together, and in which these are, by their places. */
  static cells(sets: readonly PortSet[]): { readonly ports: PortSet; readonly sets: readonly number[] }[] {
    const cells = new Map<string, { readonly sets: readonly number[]; readonly ranges: { [protocol in Protocol]?: PortRange[] } }>();
    for (const protocol of PROTOCOLS) {
      for (const { range, members } of segments(sets.map(set => set.ranges(protocol)))) {
        const key = members.join();
        const cell = cells.get(key) ?? { sets: members, ranges: {} };
        cells.set(key, cell);
        (cell.ranges[protocol] ??= []).push(range);
      }
    }
    return [...cells.values()].map(cell => ({ ports: PortSet.from(cell.ranges), sets: cell.sets }));
  }

  private static from(ranges: { readonly [protocol in Protocol]?: Ranges }): PortSet {
    const canonical = PROTOCOLS.map(protocol => merged(ranges[protocol] ?? [], LIMITS[protocol]));
    const key = canonical.map(list => list.map(([from, to]) => `${from}-${to}`).join(',')).join(';');
    let set = byKey.get(key);
    if (!set) {
      set = new PortSet(byKey.size, canonical);
      byKey.set(key, set);
    }
    return set;
  }

  private constructor(readonly id: number, private readonly lists: readonly Ranges[]) {}

  /** One of the ports, to ask about; nothing where there is none. */
  get first(): { readonly protocol: Protocol; readonly port: number } | undefined {
    const protocol = PROTOCOLS.find(one => this.ranges(one).length > 0);
    return protocol && { protocol, port: this.ranges(protocol)[0]![0] };
  }

  ranges(protocol: Protocol): Ranges {
    return this.lists[PROTOCOLS.indexOf(protocol)]!;
  }

  isEmpty(): boolean {
    return this === PortSet.NONE;
  }

  has(protocol: Protocol, port: number): boolean {
    return this.ranges(protocol).some(([from, to]) => from <= port && port <= to);
  }

  hasAll(protocol: Protocol): boolean {
    const [range] = this.ranges(protocol);
    return range !== undefined && range[0] === LIMITS[protocol][0] && range[1] === LIMITS[protocol][1];
  }

  covers(other: PortSet): boolean {
    return other.minus(this).isEmpty();
  }

  union(other: PortSet): PortSet {
    if (this === other || other === PortSet.NONE || this === PortSet.ALL) return this;
    if (this === PortSet.NONE || other === PortSet.ALL) return other;
    return this.remembered(unions, other, (a, b) => [...a, ...b]);
  }

  intersection(other: PortSet): PortSet {
    if (this === other || other === PortSet.ALL || this === PortSet.NONE) return this;
    if (this === PortSet.ALL || other === PortSet.NONE) return other;
    return this.remembered(intersections, other, overlap);
  }

  minus(other: PortSet): PortSet {
    if (this === other || other === PortSet.ALL) return PortSet.NONE;
    if (this === PortSet.NONE || other === PortSet.NONE) return this;
    return this.remembered(differences, other, subtract);
  }

  private remembered(memory: Map<number, PortSet>, other: PortSet, work: (a: Ranges, b: Ranges) => Ranges): PortSet {
    const key = this.id * 2 ** 26 + other.id;
    let result = memory.get(key);
    if (!result) {
      result = PortSet.from(Object.fromEntries(PROTOCOLS.map((protocol, index) => [
        protocol, work(this.lists[index]!, other.lists[index]!),
      ])));
      memory.set(key, result);
    }
    return result;
  }
}

function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < 2 ** 17;
}

// A function, since a static field above needs it before a constant below would be there.
function everything(): Record<Protocol, Ranges> {
  return Object.fromEntries(PROTOCOLS.map(protocol => [protocol, [LIMITS[protocol]]])) as unknown as Record<Protocol, Ranges>;
}

/** Sorted, cut to the limits, neighbours joined. */
function merged(ranges: Ranges, [least, most]: PortRange): Ranges {
  const sorted = ranges
    .map(([from, to]): [number, number] => [Math.max(from, least), Math.min(to, most)])
    .filter(([from, to]) => from <= to)
    .sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last && range[0] <= last[1] + 1) last[1] = Math.max(last[1], range[1]);
    else joined.push(range);
  }
  return joined;
}

/** The numbers in any of the lists, cut where one of their ranges begins or ends, and in which lists these are. */
function segments(lists: readonly Ranges[]): { readonly range: PortRange; readonly members: readonly number[] }[] {
  const changes = lists.flatMap((ranges, list) => ranges.flatMap(([from, to]) => (
    [{ at: from, list, begins: true }, { at: to + 1, list, begins: false }]
  ))).sort((a, b) => a.at - b.at);
  const found: { range: PortRange; members: number[] }[] = [];
  const within = new Set<number>();
  changes.forEach(({ at, list, begins }, index) => {
    if (begins) within.add(list);
    else within.delete(list);
    const next = changes[index + 1];
    if (next && next.at > at && within.size > 0) found.push({ range: [at, next.at - 1], members: [...within].sort((a, b) => a - b) });
  });
  return found;
}

function overlap(a: Ranges, b: Ranges): Ranges {
  return a.flatMap(([from, to]) => b
    .map(([start, end]): PortRange => [Math.max(from, start), Math.min(to, end)])
    .filter(([start, end]) => start <= end));
}

function subtract(a: Ranges, b: Ranges): Ranges {
  return b.reduce<Ranges>((left, [start, end]) => left.flatMap(([from, to]): PortRange[] => {
    if (end < from || to < start) return [[from, to]];
    return ([[from, start - 1], [end + 1, to]] as const).filter(([low, high]) => low <= high);
  }), a);
}
