import type { ApiObject } from 'cdk8s';
import type { Manifest } from '../manifests/manifest';

let rendered: WeakMap<ApiObject, Manifest> | undefined;

/** An object as plain data. */
export function renderObject(object: ApiObject): Manifest {
  const known = rendered?.get(object);
  if (known) return known;
  const manifest = object.toJson() as Manifest;
  rendered?.set(object, manifest);
  return manifest;
}

/** Does something during which no object changes: each is rendered once. */
export function renderingOnce<T>(run: () => T): T {
  const outer = rendered;
  rendered = outer ?? new WeakMap();
  try {
    return run();
  } finally {
    rendered = outer;
  }
}
