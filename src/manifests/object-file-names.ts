import { displayName, identityOf } from './identity';
import type { Manifest } from './manifest';
import { hashOf } from './tree-index';
import { refuse } from '../values/guardrails-error';

/** Bytes of a name that every file system takes, with room for a suffix. */
const LONGEST = 200;

/** Folders that Windows cannot have. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/**
 * A file for each object: `<namespace>/<kind>-<name>.yaml`, and `<kind>-<name>.yaml` for cluster-scoped objects and those of the namespace
 * that the folder is about. What is not a lower-case letter, digit, point or dash is written as `_` and its bytes, so that different names
 * give different files on every file system. Kinds of the same name, from different groups, get their group in the name.
 *
 * @throws GuardrailsError when two objects are the same to the API server
 */
export function objectFileNames(objects: readonly Manifest[], where: string, home?: string): Map<Manifest, string> {
  const byName = new Map<string, Manifest[]>();
  for (const object of objects) {
    const name = fileName(object, object.kind, home);
    const others = byName.get(name);
    if (others) others.push(object);
    else byName.set(name, [object]);
  }
  const names = new Map<Manifest, string>();
  for (const [name, same] of byName) {
    for (const object of same) names.set(object, same.length === 1 ? name : withGroup(object, same, where, home));
  }
  return names;
}

/** A name as part of a path. */
export function safeName(name: string): string {
  const safe = name.replace(/[^a-z0-9.-]|^[.-]|\.$/gu, bytesOf);
  if (RESERVED.test(safe)) return `${safe}_`;
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST)}_${hashOf(name).slice(0, 12)}`;
}

function fileName({ metadata: { name, namespace } }: Manifest, kind: string, home: string | undefined): string {
  // Kinds differ by more than case: they are the names of resources, which are lower-case, in the singular.
  const file = `${safeName(`${kind.toLowerCase()}-${name}`)}.yaml`;
  return namespace === undefined || namespace === home ? file : `${safeName(namespace)}/${file}`;
}

function withGroup(object: Manifest, same: readonly Manifest[], where: string, home: string | undefined): string {
  const twin = same.find(other => other !== object && identityOf(other) === identityOf(object));
  if (twin) {
    refuse(where, displayName(object), {
      given: 'two objects of that group, kind, namespace and name', allowed: 'one', mend: 'Give one of them another name, or leave it out.',
    });
  }
  const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0]! : 'core';
  return fileName(object, `${object.kind}.${group}`, home);
}

function bytesOf(character: string): string {
  return [...Buffer.from(character)].map(byte => `_${byte.toString(16).padStart(2, '0')}`).join('');
}
