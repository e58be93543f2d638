import { displayName, identityOf } from '../../manifests/identity';
import type { Rule } from '../rule';

/** Two objects of one identity: the one applied last wins, and Flux lets them take turns. */
export const duplicateObject: Rule = {
  id: 'identity/DuplicateObject',
  check(objects) {
    const first = new Map<string, string>();
    return objects.flatMap(({ path, object }) => {
      // A name that the API server makes up belongs to no other object.
      if (object.metadata?.name === undefined) return [];
      const identity = identityOf(object);
      const other = first.get(identity);
      if (other === undefined) {
        first.set(identity, path);
        return [];
      }
      return [{
        path,
        object: displayName(object),
        what: `${other} makes this object too; the one that is applied last wins`,
        mend: 'Give one of them another name or namespace, or leave one out.',
      }];
    });
  },
};
