import { BitSet } from './bit-set';

/** Classes of endpoints that are meant for sure, and those that are perhaps, which hold the first. */
export interface Selection {
  readonly sure: BitSet;
  readonly perhaps: BitSet;
}

export const nobody = (size: number): Selection => exactly(new BitSet(size));

export const everybody = (size: number): Selection => exactly(BitSet.full(size));

export function exactly(set: BitSet): Selection {
  return { sure: set, perhaps: set };
}

export function both(a: Selection, b: Selection): Selection {
  const sure = a.sure.copy().keep(b.sure);
  return a.sure === a.perhaps && b.sure === b.perhaps ? exactly(sure) : { sure, perhaps: a.perhaps.copy().keep(b.perhaps) };
}

export function either(selections: readonly Selection[], size: number): Selection {
  const [only] = selections;
  if (selections.length === 1) return only!;
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
