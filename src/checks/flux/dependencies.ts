import { kustomizationsOf } from './kinds';
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
    known = new Map(kustomizationsOf(context).flatMap(({ located, spec }) => {
      const name = plainText(asObject(located.object.metadata)?.name);
      const namespace = namespaceOf(located);
      if (name === undefined) return [];
      const dependsOn = asList(spec.dependsOn).flatMap((entry, index) => {
        const reference = asObject(entry);
        const other = plainText(reference?.name);
        if (other === undefined) return [];
        return [{ key: `${plainText(reference?.namespace) ?? namespace}/${other}`, pointer: `/spec/dependsOn/${index}` }];
      });
      const key = `${namespace}/${name}`;
      return [[key, { key, located, spec, dependsOn }] as const];
    }));
    sets.set(context, known);
  }
  return known;
}
