/** Fewer members than one in so many are kept as a list: most selectors pick a handful out of thousands. */
const SPARSE = 64;

/** A set of small whole numbers below a size that never changes. Operations between sets want sets of one size. */
export class BitSet {
  static full(size: number): BitSet {
    const set = new BitSet(size);
    const words = new Uint32Array(Math.ceil(size / 32)).fill(0xffffffff);
    if (size % 32 > 0) words[words.length - 1] = 2 ** (size % 32) - 1;
    set.words = words;
    return set;
  }

  /** The members in order, as long as they are few. */
  private list: number[] = [];
  /** A bit for each number, once they are many; the list is empty then. */
  private words: Uint32Array | undefined;

  constructor(readonly size: number) {}

  has(member: number): boolean {
    if (this.words) return (this.words[member >>> 5]! & (1 << (member & 31))) !== 0;
    return this.list[this.placeOf(member)] === member;
  }

  add(member: number): this {
    if (!this.words) {
      const place = this.placeOf(member);
      if (this.list[place] === member) return this;
      if (this.list.length * SPARSE < this.size) {
        this.list.splice(place, 0, member);
        return this;
      }
      this.spread();
    }
    this.words![member >>> 5]! |= 1 << (member & 31);
    return this;
  }

  copy(): BitSet {
    const copy = new BitSet(this.size);
    if (this.words) copy.words = this.words.slice();
    else copy.list = this.list.slice();
    return copy;
  }

  /** Adds what is in the other, in place. */
  addAll(other: BitSet): this {
    if (!other.words) {
      for (const member of other.list) this.add(member);
      return this;
    }
    const words = this.spread();
    for (let index = 0; index < words.length; index++) words[index]! |= other.words[index]!;
    return this;
  }

  /** Keeps what is in the other, in place. */
  keep(other: BitSet): this {
    if (!this.words) {
      this.list = this.list.filter(member => other.has(member));
    } else if (!other.words) {
      const list = other.list.filter(member => this.has(member));
      this.words = undefined;
      this.list = list;
    } else {
      for (let index = 0; index < this.words.length; index++) this.words[index]! &= other.words[index]!;
    }
    return this;
  }

  /** Removes what is in the other, in place. */
  remove(other: BitSet): this {
    if (!this.words) {
      this.list = this.list.filter(member => !other.has(member));
    } else if (!other.words) {
      for (const member of other.list) this.words[member >>> 5]! &= ~(1 << (member & 31));
    } else {
      for (let index = 0; index < this.words.length; index++) this.words[index]! &= ~other.words[index]!;
    }
    return this;
  }

  isEmpty(): boolean {
    return this.words ? this.words.every(word => word === 0) : this.list.length === 0;
  }

  /** Whether everything in the other is in this. */
  covers(other: BitSet): boolean {
    return other.copy().remove(this).isEmpty();
  }

  /** The members, smallest first. */
  forEach(visit: (member: number) => void): void {
    if (!this.words) {
      this.list.forEach(visit);
      return;
    }
    for (let index = 0; index < this.words.length; index++) {
      let word = this.words[index]!;
      while (word !== 0) {
        const lowest = word & -word;
        visit(index * 32 + 31 - Math.clz32(lowest));
        word ^= lowest;
      }
    }
  }

  members(): number[] {
    const members: number[] = [];
    this.forEach(member => members.push(member));
    return members;
  }

  /** From a list to bits. */
  private spread(): Uint32Array {
    if (!this.words) {
      this.words = new Uint32Array(Math.ceil(this.size / 32));
      for (const member of this.list) this.words[member >>> 5]! |= 1 << (member & 31);
      this.list = [];
    }
    return this.words;
  }

  /** Where a member is in the list, or would be. Members mostly come in order. */
  private placeOf(member: number): number {
    const { list } = this;
    if (list.length === 0 || list[list.length - 1]! < member) return list.length;
    let [low, high] = [0, list.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (list[middle]! < member) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
