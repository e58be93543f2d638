import { BitSet } from './bit-set';

/** Classes of endpoints that are meant for sure, and those that are perhaps, which hold the first. */
export interface Selection {
  readonly sure: BitSet;
  readonly perhaps: BitSet;
}

const nobodies = new Map<number, Selection>();
const everybodies = new Map<number, Selection>();

/** Shared, as all selections are: nobody changes the sets in one. */
export function nobody(size: number): Selection {
  let selection = nobodies.get(size);
  if (!selection) {
    selection = exactly(new BitSet(size));
    nobodies.set(size, selection);
  }
  return selection;
}

export function everybody(size: number): Selection {
  let selection = everybodies.get(size);
  if (!selection) {
    selection = exactly(BitSet.full(size));
    everybodies.set(size, selection);
  }
  return selection;
}

export function exactly(set: BitSet): Selection {
  return { sure: set, perhaps: set };
}

export function both(a: Selection, b: Selection): Selection {
  const all = everybodies.get(a.sure.size);
  if (a === all) return b;
  if (b === all) return a;
  const sure = a.sure.copy().keep(b.sure);
  return a.sure === a.perhaps && b.sure === b.perhaps ? exactly(sure) : { sure, perhaps: a.perhaps.copy().keep(b.perhaps) };
}

export function either(selections: readonly Selection[], size: number): Selection {
  const [only] = selections;
  if (selections.length === 1) return only!;
  if (selections.length === 0) return nobody(size);
  const sure = new BitSet(size);
  const perhaps = new BitSet(size);
  for (const selection of selections) {
    sure.addAll(selection.sure);
    perhaps.addAll(selection.perhaps);
  }
  return { sure, perhaps };
}

export function but({ sure, perhaps }: Selection, others: Selection): Selection {
  return { sure: sure.copy().remove(others.perhaps), perhaps: perhaps.copy().remove(others.sure) };
}
