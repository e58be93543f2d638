import type { KnownPods } from './known-pods';
import type { PodsMeant } from './pods-meant';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';
import type { SelectorRequirement } from '../values/selector';

/** Whose label a selector asks for: that of the namespace, or of the pods. */
export type LabelOwner = 'namespace' | 'pods';

/** Values of labels in groups: policies tell nobody apart by values that are in the same lists of their selectors. */
export class ValueGroups {
  /** The lists that a value is in. */
  private readonly lists = new Map<string, string[]>();

  constructor(meant: readonly PodsMeant[], private readonly known: KnownPods) {
    const seen = new Set<string>();
    const read = (owner: LabelOwner, { key, values = [] }: SelectorRequirement): void => {
      const list = `${owner} ${key} ${values.length > 1 ? [...values].sort().join() : values[0] ?? ''}`;
      if (seen.has(list)) return;
      seen.add(list);
      for (const value of values) {
        const at = `${owner} ${key} ${value}`;
        const lists = this.lists.get(at);
        if (lists) lists.push(String(seen.size));
        else this.lists.set(at, [String(seen.size)]);
      }
    };
    for (const { namespace, pods } of meant) {
      for (const requirement of namespace) read('namespace', requirement);
      for (const requirement of pods) read('pods', requirement);
    }
  }

  /** What the values of a group have in common, and no other value has. */
  groupOf(owner: LabelOwner, key: string, value: string): string {
    const lists = this.lists.get(`${owner} ${key} ${value}`) ?? [];
    // Namespaces of which something is known are told apart by that.
    const known = owner === 'namespace' && key === NAMESPACE_NAME_LABEL ? this.known.knowledgeOf(value) : '';
    return `${owner} ${key} ${lists.join()} ${known}`;
  }
}
