import { type PodTemplates, readEndpoints } from './read-endpoints';
import type { Located } from '../checks/finding';
import { scopeOf } from '../checks/kubernetes/scope';
import { asList, asObject, asString } from '../checks/read';

/** An object that makes pods in a way that nobody told: nothing is known of them. */
export interface UnreadPods {
  readonly located: Located;
  readonly kind: string;
  /** Where its pod template is, as `spec.template`. */
  readonly path: string;
}

/** How deep templates lie: `spec.jobTemplate.spec.template` is one of the deepest. */
const DEEPEST = 5;

/** Objects of kinds that neither Kubernetes nor the target tells of, which have a pod template all the same. */
export function unreadPods(objects: readonly Located[], podTemplates: PodTemplates = {}): UnreadPods[] {
  const found = objects.flatMap(located => {
    const { kind } = located.object;
    // What Kubernetes and its operators say themselves is read, or makes no pods.
    if (typeof kind !== 'string' || scopeOf(located.object) !== undefined) return [];
    const path = templatePath(located.object, DEEPEST);
    return path === undefined || readEndpoints([located], podTemplates).length > 0 ? [] : [{ located, kind, path }];
  });
  if (found.length === 0) return found;
  // Of what was read from a cluster the pods, or who makes them, are there too.
  const owners = new Set(objects.flatMap(ownersOf));
  return found.filter(({ located: { object } }) => !owners.has(asString(asObject(object.metadata)?.uid) ?? ''));
}

function templatePath(value: Readonly<Record<string, unknown>>, depth: number): string | undefined {
  for (const key in value) {
    const inner = asObject(value[key]);
    if (!inner) continue;
    if (asList(asObject(inner.spec)?.containers).some(asObject)) return key;
    const rest = depth > 1 ? templatePath(inner, depth - 1) : undefined;
    if (rest !== undefined) return `${key}.${rest}`;
  }
  return undefined;
}

function ownersOf({ object }: Located): string[] {
  return asList(asObject(object.metadata)?.ownerReferences).flatMap(entry => asString(asObject(entry)?.uid) ?? []);
}
