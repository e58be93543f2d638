import type { Located } from './finding';
import type { Target } from '../target/target';

const NONE: readonly Located[] = [];

/** The objects of one cluster, and what is asked of them more than once. */
export class CheckContext {
  private readonly kinds = new Map<string, Located[]>();

  constructor(readonly objects: readonly Located[], readonly target: Target) {
    for (const located of objects) {
      const { kind } = located.object;
      const list = this.kinds.get(kind);
      if (list) list.push(located);
      else this.kinds.set(kind, [located]);
    }
  }

  /** All objects, kind by kind. */
  get byKind(): ReadonlyMap<string, readonly Located[]> {
    return this.kinds;
  }

  /** The objects of some kinds, kind by kind in the order given. */
  ofKind(...kinds: readonly string[]): readonly Located[] {
    let objects = NONE;
    for (const kind of kinds) {
      const list = this.kinds.get(kind);
      // Hardly ever is there more than one kind, and then its list will do.
      if (list) objects = objects.length === 0 ? list : [...objects, ...list];
    }
    return objects;
  }
}
