import type { AddressParty } from './party';
import type { IpFamily } from '../values/cidr';

/** All addresses, cut wherever one of some blocks begins or ends: what the blocks say of one address of a part holds for all of it. */
export class AddressCuts {
  /** Where parts begin, but for the first. */
  private readonly starts: Readonly<Record<IpFamily, readonly bigint[]>>;

  constructor(blocks: readonly AddressParty[]) {
    const startsOf = (family: IpFamily) => {
      const own = blocks.filter(block => block.family === family);
      return [...new Set(own.flatMap(({ first, last }) => [first, last + 1n]))].sort((a, b) => (a < b ? -1 : 1));
    };
    this.starts = { 4: startsOf(4), 6: startsOf(6) };
  }

  /** The number of the part that has all of the addresses; nothing where several have some. */
  partOf({ family, first, last }: AddressParty): number | undefined {
    const part = this.startsBefore(family, first);
    const next = this.starts[family][part];
    return next === undefined || last < next ? part * 2 + Number(family === 6) : undefined;
  }

  /** The numbers of all parts that have some of the addresses. */
  partsOf({ family, first, last }: AddressParty): number[] {
    const [from, to] = [this.startsBefore(family, first), this.startsBefore(family, last)];
    return Array.from({ length: to - from + 1 }, (_, index) => (from + index) * 2 + Number(family === 6));
  }

  /** The addresses, part by part. */
  cut(addresses: AddressParty): AddressParty[] {
    const { family, first, last } = addresses;
    const [from, to] = [this.startsBefore(family, first), this.startsBefore(family, last)];
    const starts = [first, ...this.starts[family].slice(from, to)];
    return starts.map((start, index) => ({ ...addresses, first: start, last: (starts[index + 1] ?? last + 1n) - 1n }));
  }

  /** How many parts begin at an address or before it, but for the first. */
  private startsBefore(family: IpFamily, address: bigint): number {
    const starts = this.starts[family];
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (starts[middle]! <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
