import { basename, dirname } from 'node:path/posix';
import { appliedFiles, byConvention } from './applied-files';
import { fileOf } from './file-tree';
import { withoutPatches } from './without-patches';
import { isTargetObject, targetPath } from '../../target/target-object';
import type { Located } from '../finding';

/** The objects of a cluster. */
export interface ClusterObjects {
  /** As its folder is called; nothing for what belongs to no cluster, or where nothing tells clusters apart. */
  readonly name?: string;
  readonly objects: readonly Located[];
  /** What the tree says of the cluster: the facts of a target file, not yet read. */
  readonly facts?: unknown;
}

/**
 * The objects of each cluster, where a repository has several: as Flux lays it out, with a folder `clusters/<name>` for each, or as a tree
 * of FluxApp says. Patches of kustomize are no objects, and left out. What several clusters share is with each of them, and what no cluster
 * has is a set of its own, the last.
 */
export function splitClusters(read: readonly Located[]): ClusterObjects[] {
  const all = withoutPatches(read);
  const targets = new Map(all.flatMap(located => targetOf(located) ?? []));
  const objects = targets.size > 0 ? all.filter(({ object }) => !isTargetObject(object)) : all;
  const { tree, appliers } = appliedFiles(objects);
  const names = new Set([
    ...appliers.flatMap(({ cluster }) => (cluster !== undefined && byConvention(`${cluster}/`) === cluster ? [cluster] : [])),
    ...targets.keys(),
  ]);
  const [only] = names;
  if (names.size < 2) return [{ name: only && basename(only), objects, facts: only && targets.get(only) }];
  const clustersOf = new Map<string, Set<string>>();
  const add = (path: string, cluster: string) => clustersOf.set(path, (clustersOf.get(path) ?? new Set()).add(cluster));
  for (const { cluster, files } of appliers) if (cluster !== undefined) files.forEach(file => add(file, cluster));
  for (const file of tree.files.keys()) {
    const own = byConvention(file);
    if (own !== undefined && names.has(own)) add(file, own);
  }
  for (const [file, clusters] of [...clustersOf]) {
    for (const folder of foldersAbove(file)) clusters.forEach(cluster => add(folder, cluster));
  }
  for (const cluster of targets.keys()) foldersOf(cluster).forEach(folder => clustersOf.set(folder, new Set([cluster])));
  // A file that nothing names, or a build file, is with those whose files lie next to it.
  const placesOf = (file: string) => clustersOf.get(file) ?? nearest(file, clustersOf, names.size);
  const places = objects.map(located => placesOf(fileOf(located) ?? ''));
  const rest = objects.filter((_, index) => places[index]!.size === 0);
  const sets = [...names].sort().map((cluster): ClusterObjects => (
    { name: basename(cluster), objects: objects.filter((_, index) => places[index]!.has(cluster)), facts: targets.get(cluster) }
  ));
  return rest.length > 0 ? [...sets, { objects: rest }] : sets;
}

/** The folder `clusters/<name>` of a cluster that a tree of FluxApp describes, whether it is there or not, and the facts. */
function targetOf(located: Located): [[string, unknown]] | undefined {
  const file = fileOf(located);
  if (file === undefined || !isTargetObject(located.object)) return undefined;
  const name = basename(dirname(file));
  const root = file.endsWith(targetPath(name)) ? file.slice(0, -targetPath(name).length) : undefined;
  return root === undefined ? undefined : [[`${root}clusters/${name}`, located.object.spec]];
}

/** Where a tree of FluxApp has the files of a cluster, one layout or another. */
function foldersOf(cluster: string): string[] {
  const name = basename(cluster);
  const root = cluster.slice(0, -`clusters/${name}`.length);
  return [cluster, `${root}rendered/${name}`, `${root}${name}`, `${root}bootstrap/${name}`];
}

function nearest(file: string, clustersOf: ReadonlyMap<string, ReadonlySet<string>>, all: number): ReadonlySet<string> {
  for (const folder of foldersAbove(file)) {
    const clusters = clustersOf.get(folder);
    if (clusters) return clusters.size < all ? clusters : new Set();
  }
  return new Set();
}

function* foldersAbove(file: string): Iterable<string> {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) yield folder;
}
