import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { namespaceOf } from '../kubernetes/workloads';
import { isKind } from '../read';

const sets = new WeakMap<CheckContext, Map<string, ReadonlyMap<string, readonly Located[]>>>();

/** The objects of a kind in a namespace. */
export function inNamespace(context: CheckContext, group: string, kind: string, namespace: string): readonly Located[] {
  let kinds = sets.get(context);
  if (!kinds) sets.set(context, kinds = new Map());
  let namespaces = kinds.get(kind);
  if (!namespaces) kinds.set(kind, namespaces = byNamespace(context.ofKind(kind).filter(located => isKind(located, group, kind))));
  return namespaces.get(namespace) ?? [];
}

function byNamespace(objects: readonly Located[]): Map<string, Located[]> {
  const namespaces = new Map<string, Located[]>();
  for (const located of objects) {
    const list = namespaces.get(namespaceOf(located));
    if (list) list.push(located);
    else namespaces.set(namespaceOf(located), [located]);
  }
  return namespaces;
}
