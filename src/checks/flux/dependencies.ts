import { kustomizationSpec } from './kinds';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { plainText } from '../kubernetes/text';
import { namespaceOf } from '../kubernetes/workloads';
import { asList, asObject } from '../read';

/** A Kustomization, with the others that it waits for. */
export interface Dependent {
  readonly key: string;
  readonly located: Located;
  readonly spec: Record<string, unknown>;
  readonly dependsOn: readonly { readonly key: string; readonly pointer: string }[];
}

const sets = new WeakMap<CheckContext, ReadonlyMap<string, Dependent>>();

/** The Kustomizations of the set, as `namespace/name`. */
export function dependents(context: CheckContext): ReadonlyMap<string, Dependent> {
  let known = sets.get(context);
  if (!known) {
    known = new Map(dependentsAmong(context.ofKind('Kustomization')).map(dependent => [dependent.key, dependent]));
    sets.set(context, known);
  }
  return known;
}

/** Every Kustomization among some objects; those of two clusters may have the same key. */
export function dependentsAmong(objects: readonly Located[]): Dependent[] {
  return objects.flatMap(located => {
    const spec = kustomizationSpec(located);
    const name = plainText(asObject(located.object.metadata)?.name);
    if (!spec || name === undefined) return [];
    const namespace = namespaceOf(located);
    const dependsOn = asList(spec.dependsOn).flatMap((entry, index) => {
      const reference = asObject(entry);
      const other = plainText(reference?.name);
      if (other === undefined) return [];
      return [{ key: `${plainText(reference?.namespace) ?? namespace}/${other}`, pointer: `/spec/dependsOn/${index}` }];
    });
    return [{ key: `${namespace}/${name}`, located, spec, dependsOn }];
  });
}
