/** A set of small whole numbers below a size that never changes. Operations between sets want sets of one size. */
export class BitSet {
  static full(size: number): BitSet {
    const set = new BitSet(size);
    set.words.fill(0xffffffff);
    const rest = size % 32;
    if (rest > 0) set.words[set.words.length - 1] = 2 ** rest - 1;
    return set;
  }

  private readonly words: Uint32Array;

  constructor(readonly size: number, words?: Uint32Array) {
    this.words = words ?? new Uint32Array(Math.ceil(size / 32));
  }

  has(member: number): boolean {
    return (this.words[member >>> 5]! & (1 << (member & 31))) !== 0;
  }

  add(member: number): this {
    this.words[member >>> 5]! |= 1 << (member & 31);
    return this;
  }

  copy(): BitSet {
    return new BitSet(this.size, this.words.slice());
  }

  /** Adds what is in the other, in place. */
  addAll({ words }: BitSet): this {
    for (let index = 0; index < words.length; index++) this.words[index]! |= words[index]!;
    return this;
  }

  /** Keeps what is in the other, in place. */
  keep({ words }: BitSet): this {
    for (let index = 0; index < words.length; index++) this.words[index]! &= words[index]!;
    return this;
  }

  /** Removes what is in the other, in place. */
  remove({ words }: BitSet): this {
    for (let index = 0; index < words.length; index++) this.words[index]! &= ~words[index]!;
    return this;
  }

  isEmpty(): boolean {
    for (let index = 0; index < this.words.length; index++) if (this.words[index] !== 0) return false;
    return true;
  }

  overlaps({ words }: BitSet): boolean {
    return this.words.some((word, index) => (word & words[index]!) !== 0);
  }

  equals({ words }: BitSet): boolean {
    return this.words.every((word, index) => word === words[index]);
  }

  /** The members, smallest first. */
  forEach(visit: (member: number) => void): void {
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
}
