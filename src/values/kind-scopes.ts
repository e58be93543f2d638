import { knownKinds } from './known-kinds';
import { parseKind } from './kyverno-kind';

/** For each kind that is known, as Kyverno names it, whether it lies in a namespace. */
export function kindScopes(kinds: readonly string[]): boolean[] {
  return kinds.flatMap(text => {
    const selector = parseKind(text);
    return selector ? knownKinds(selector.kind).filter(({ group }) => selector.group === group).map(({ namespaced }) => namespaced) : [];
  });
}
