import { dirname } from 'node:path/posix';
import { appliedFiles, byConvention } from './applied-files';
import { fileOf } from './file-tree';
import type { Located } from '../finding';

/**
 * The objects of each cluster, where a repository has several: as Flux lays it out, with a folder `clusters/<name>` for each. What several
 * clusters share is with each of them, and what no cluster has is a set of its own.
 */
export function splitClusters(objects: readonly Located[]): (readonly Located[])[] {
  const { tree, appliers } = appliedFiles(objects);
  const names = new Set(appliers.flatMap(({ cluster }) => (cluster !== undefined && byConvention(`${cluster}/`) === cluster ? [cluster] : [])));
  if (names.size < 2) return [objects];
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
  // A file that nothing names, or a build file, is with those whose files lie next to it.
  const placesOf = (file: string) => clustersOf.get(file) ?? nearest(file, clustersOf, names.size);
  const places = objects.map(located => placesOf(fileOf(located) ?? ''));
  const rest = objects.filter((_, index) => places[index]!.size === 0);
  const sets = [...names].sort().map(name => objects.filter((_, index) => places[index]!.has(name)));
  return rest.length > 0 ? [...sets, rest] : sets;
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
