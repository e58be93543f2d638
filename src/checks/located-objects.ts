import type { Located } from './finding';
import type { Manifest } from '../manifests/manifest';

/** Plain objects and objects with their place, as objects with a place. Anything without `apiVersion` and `kind` is passed over. */
export function locatedObjects(objects: readonly unknown[]): Located[] {
  return objects.filter(isUsable).map(value => (isManifest(value) ? { object: value, source: {} } : value));
}

function isUsable(value: unknown): value is Manifest | Located {
  return isManifest(value) || isLocated(value);
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind } = value as Record<string, unknown>;
  return typeof apiVersion === 'string' && typeof kind === 'string';
}

function isLocated(value: unknown): value is Located {
  return typeof value === 'object' && value !== null && 'source' in value && 'object' in value && isManifest(value.object);
}
