import type { Labels } from './known-pods';
import type { PodsMeant } from './pods-meant';
import type { LabelOwner } from './value-groups';
import { isTemplate } from '../checks/kubernetes/text';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import { selectorMatches, type SelectorRequirement } from '../values/selector';

/** Whom a selector means, by the labels of their namespace and their own. */
export type Selected = Pick<PodsMeant, 'namespace' | 'pods'>;

/** The labels of the namespace that requirements name, where they name one and it is known. */
export type SpaceOf = (requirements: readonly SelectorRequirement[]) => Labels | undefined;

export function spaceOf(namespaces: ReadonlyMap<string, Labels>): SpaceOf {
  return requirements => {
    const named = requirements.find(({ key, operator, values }) => key === NAMESPACE_NAME_LABEL && operator === 'In' && values?.length === 1);
    const name = named?.values?.[0] ?? '';
    const labels = namespaces.get(name);
    return labels && !Object.values(labels).some(isTemplate) ? { ...labels, [NAMESPACE_NAME_LABEL]: name } : undefined;
  };
}

/** What of many selectors can mean somebody whom another one means too, found by the values that they list. */
export class MeantIndex<T> {
  private readonly keys = new Map<string, OfKey>();
  private readonly spaceKeys = new Set<string>();

  constructor(readonly items: readonly T[], private readonly selectorOf: (item: T) => Selected, private readonly space: SpaceOf) {
    items.forEach((item, index) => {
      for (const [id, values] of listsOf(selectorOf(item))) {
        if (id.startsWith('namespace')) this.spaceKeys.add(id.slice('namespace '.length));
        let key = this.keys.get(id);
        if (!key) this.keys.set(id, key = { byValue: new Map(), having: new Set() });
        key.having.add(index);
        for (const value of new Set(values)) {
          const list = key.byValue.get(value);
          if (list) list.push(index);
          else key.byValue.set(value, [index]);
        }
      }
    });
  }

  /** In the order of the items. Among them may be some of which more than labels in lists keeps them apart. */
  with(other: Selected | undefined): readonly T[] {
    if (!other || this.items.length === 0) return this.items;
    const space = this.space(other.namespace);
    const lists = space ? listsOf({ namespace: [], pods: other.pods }) : listsOf(other);
    for (const key of space ? this.spaceKeys : []) lists.set(idOf('namespace', key), Object.hasOwn(space!, key) ? [space![key]!] : []);
    const found = this.shortest(lists).map(index => this.items[index]!);
    return space ? found.filter(item => selectorMatches({ matchExpressions: [...this.selectorOf(item).namespace] }, space)) : found;
  }

  /** By the label that leaves the fewest: those that list one of the values, and those that do not ask for the label. */
  private shortest(lists: ReadonlyMap<string, readonly string[]>): number[] {
    const all = this.items.length;
    let best: { readonly found: ReadonlySet<number>; readonly key: OfKey } | undefined;
    let fewest = all;
    for (const [id, values] of lists) {
      const key = this.keys.get(id);
      if (!key) continue;
      const found = new Set(values.flatMap(value => key.byValue.get(value) ?? []));
      const count = found.size + all - key.having.size;
      if (count < fewest) [best, fewest] = [{ found, key }, count];
    }
    if (!best) return [...this.items.keys()];
    const { found, key } = best;
    key.lacking ??= [...this.items.keys()].filter(index => !key.having.has(index));
    return [...found, ...key.lacking].sort((a, b) => a - b);
  }
}

/** Which selectors list the values of a label, and which do not ask for it. */
interface OfKey {
  readonly byValue: Map<string, number[]>;
  readonly having: Set<number>;
  lacking?: readonly number[];
}

/** The values that are listed for each label; of several lists, the first. */
function listsOf(selector: Selected): Map<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  for (const owner of ['namespace', 'pods'] as const) {
    for (const { key, operator, values = [] } of selector[owner]) {
      if (operator === 'In' && !lists.has(idOf(owner, key))) lists.set(idOf(owner, key), values);
    }
  }
  return lists;
}

function idOf(owner: LabelOwner, key: string): string {
  return `${owner} ${key}`;
}
