import { BitSet } from './bit-set';
import { both, everybody, exactly, type Selection } from './selection';
import { isTemplate } from '../checks/kubernetes/text';
import type { SelectorRequirement } from '../values/selector';

interface KeyIndex {
  readonly present: BitSet;
  readonly values: Map<string, BitSet>;
  /** Who has the label, if at all, with a value that nobody knows. */
  readonly unknown: BitSet;
}

/**
 * Who has which labels, for finding what a selector selects without looking at anybody twice. What is still to be filled in, in a label or
 * in a selector, may stand for anything; the same text stands for the same.
 */
export class LabelIndex {
  private readonly keys = new Map<string, KeyIndex>();
  /** Of those here every label is unknown that is not in the index for them. */
  private readonly opaque: BitSet;

  private readonly everybody: Selection;
  private readonly selections = new Map<string, Map<string, Selection>>();
  /** Of requirements of one value, which nearly all are: they need no text but it. */
  private readonly selectionsOfValue = new Map<string, Map<string, Selection>>();

  constructor(private readonly size: number) {
    this.opaque = new BitSet(size);
    this.everybody = everybody(size);
  }

  add(member: number, key: string, value: string): void {
    const index = this.keyIndex(key);
    if (isTemplate(value)) index.unknown.add(member);
    else index.present.add(member);
    let members = index.values.get(value);
    if (!members) {
      members = new BitSet(this.size);
      index.values.set(value, members);
    }
    members.add(member);
  }

  addUnknown(member: number, key: string): void {
    this.keyIndex(key).unknown.add(member);
  }

  addOpaque(member: number): void {
    this.opaque.add(member);
  }

  /** Whom all requirements hold for. Keys are looked up as they are. What comes back is shared, and is not to be changed. */
  select(requirements: readonly SelectorRequirement[]): Selection {
    const [first, ...rest] = requirements;
    if (!first) return this.everybody;
    return rest.reduce((selection, requirement) => both(selection, this.requirement(requirement)), this.requirement(first));
  }

  /** The same for one of them. */
  requirement(requirement: SelectorRequirement): Selection {
    const { key, operator, values = [] } = requirement;
    const isOne = operator === 'In' && values.length === 1;
    const selections = isOne ? this.selectionsOfValue : this.selections;
    const text = isOne ? values[0]! : `${operator}\0${values.join('\0')}`;
    let ofKey = selections.get(key);
    if (!ofKey) {
      ofKey = new Map();
      selections.set(key, ofKey);
    }
    let selection = ofKey.get(text);
    if (!selection) {
      selection = this.find(requirement);
      ofKey.set(text, selection);
    }
    return selection;
  }

  private find({ key, operator, values = [] }: SelectorRequirement): Selection {
    const index = this.keys.get(key);
    if (isTemplate(key)) return { sure: new BitSet(this.size), perhaps: BitSet.full(this.size) };
    const present = index?.present ?? new BitSet(this.size);
    const hidden = this.unknownOf(index, present);
    const unknown = values.some(isTemplate) ? present.copy().addAll(hidden ?? present) : hidden;
    switch (operator) {
      case 'Exists': return this.withUnknown(present, unknown);
      case 'DoesNotExist': return this.withUnknown(BitSet.full(this.size).remove(present), unknown, true);
      case 'In': return this.withUnknown(this.having(index, values), unknown);
      // A label that is not there is not in the set either.
      case 'NotIn': return this.withUnknown(BitSet.full(this.size).remove(this.having(index, values)), unknown, true);
    }
  }

  private having(index: KeyIndex | undefined, values: readonly string[]): BitSet {
    const [only] = values;
    if (values.length === 1) return index?.values.get(only!) ?? new BitSet(this.size);
    const set = new BitSet(this.size);
    for (const value of values) {
      const members = index?.values.get(value);
      if (members) set.addAll(members);
    }
    return set;
  }

  private unknownOf(index: KeyIndex | undefined, present: BitSet): BitSet | undefined {
    if (this.opaque.isEmpty() && (!index || index.unknown.isEmpty())) return undefined;
    const unknown = this.opaque.copy();
    if (index) unknown.addAll(index.unknown);
    return unknown.remove(present);
  }

  private withUnknown(set: BitSet, unknown: BitSet | undefined, includesUnknown = false): Selection {
    if (!unknown) return exactly(set);
    return includesUnknown ? { sure: set.copy().remove(unknown), perhaps: set } : { sure: set, perhaps: set.copy().addAll(unknown) };
  }

  private keyIndex(key: string): KeyIndex {
    let index = this.keys.get(key);
    if (!index) {
      index = { present: new BitSet(this.size), values: new Map(), unknown: new BitSet(this.size) };
      this.keys.set(key, index);
    }
    return index;
  }
}
