import { dirname, join } from 'node:path/posix';
import { BUILD_FILE, fileOf } from './file-tree';
import type { Located } from '../finding';
import { asList, asObject, asString } from '../read';

const BUILD_KINDS = ['Component', 'Kustomization'];

/**
 * The objects of a repository without those that are patches: a build file of kustomize names them as such, they say a part of an object
 * only, and nobody applies them as they are.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
 */
export function withoutPatches(objects: readonly Located[]): readonly Located[] {
  const builds = objects.filter(located => BUILD_KINDS.includes(located.object.kind) && BUILD_FILE.test(fileOf(located) ?? ''));
  const patches = new Set(builds.flatMap(located => named(located, patchPaths)));
  if (patches.size === 0) return objects;
  // What another build file takes as a resource is an object all the same.
  for (const file of builds.flatMap(located => named(located, resourcePaths))) patches.delete(file);
  return objects.filter(located => !patches.has(fileOf(located) ?? ''));
}

function named(build: Located, pathsOf: (build: Readonly<Record<string, unknown>>) => readonly unknown[]): string[] {
  return pathsOf(build.object).flatMap(path => asString(path) ?? []).map(path => join(dirname(fileOf(build)!), path));
}

function patchPaths({ patches, patchesJson6902, patchesStrategicMerge }: Readonly<Record<string, unknown>>): unknown[] {
  return [...[...asList(patches), ...asList(patchesJson6902)].map(patch => asObject(patch)?.path), ...asList(patchesStrategicMerge)];
}

function resourcePaths({ resources, bases }: Readonly<Record<string, unknown>>): unknown[] {
  return [...asList(resources), ...asList(bases)];
}
