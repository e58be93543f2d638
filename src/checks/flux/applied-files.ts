import { dirname } from 'node:path/posix';
import { type Dependent, dependentsAmong } from './dependencies';
import { FileTree, fileOf } from './file-tree';
import { type SyncedPath, syncedPaths } from './synced-paths';
import type { Located } from '../finding';

/** A Flux Kustomization, with the files that it applies. */
export interface Applier extends Dependent {
  /** The folder that Flux is bootstrapped with, above this Kustomization; nothing where there may be several. */
  readonly cluster: string | undefined;
  readonly files: ReadonlySet<string>;
  readonly synced: SyncedPath;
}

/** What a set of files comes to under Flux. */
export interface AppliedFiles {
  readonly tree: FileTree;
  readonly appliers: readonly Applier[];
  /** What is applied: by the Kustomizations of the set, or, where they lie themselves, by whatever applies them. */
  readonly covered: ReadonlySet<string>;
}

const sets = new WeakMap<readonly Located[], AppliedFiles>();

/** Reads the paths of Flux Kustomizations and the build files below them. Objects that come from no file are nowhere. */
export function appliedFiles(objects: readonly Located[]): AppliedFiles {
  let known = sets.get(objects);
  if (!known) {
    known = read(objects);
    sets.set(objects, known);
  }
  return known;
}

function read(objects: readonly Located[]): AppliedFiles {
  const kustomizations = objects.filter(({ object }) => object.kind === 'Kustomization');
  const tree = new FileTree(kustomizations.length > 0 ? objects : []);
  const dependents = dependentsAmong(kustomizations);
  const paths = syncedPaths(dependents, tree);
  const parts = dependents.flatMap(dependent => {
    const file = fileOf(dependent.located);
    const synced = paths.get(dependent)!;
    const files = synced.folder === undefined ? NONE : tree.reach(synced.folder);
    return file === undefined ? [] : [{ ...dependent, file, synced, files }];
  });
  const clusters = clustersByFile(parts);
  const appliers = parts.map(part => ({ ...part, cluster: clusters.get(part.file) }));
  const covered = new Set(appliers.flatMap(({ files }) => [...files]));
  for (const { file } of parts) {
    if (!covered.has(file)) for (const other of tree.reach(bootstrapFolder(file))) covered.add(other);
  }
  return { tree, appliers, covered };
}

const NONE: ReadonlySet<string> = new Set();

/** The clusters of Kustomizations: by where their file lies, or by what applies that file. */
function clustersByFile(parts: readonly { readonly file: string; readonly files: ReadonlySet<string> }[]): Map<string, string | undefined> {
  const parents = new Map(parts.map(({ file }) => [file, new Set<string>()]));
  for (const { file, files } of parts) {
    for (const child of files) if (child !== file) parents.get(child)?.add(file);
  }
  const clusters = new Map<string, string | undefined>();
  const clusterOf = (file: string): string | undefined => {
    if (clusters.has(file)) return clusters.get(file);
    clusters.set(file, undefined);
    const above = [...new Set([...parents.get(file) ?? []].map(clusterOf))];
    const cluster = byConvention(file) ?? (above.length === 0 ? dirname(file) : above.length === 1 ? above[0] : undefined);
    clusters.set(file, cluster);
    return cluster;
  };
  parts.forEach(({ file }) => clusterOf(file));
  return clusters;
}

/** `clusters/<name>`, as in Flux's own examples. */
export function byConvention(file: string): string | undefined {
  return /^(?:.*\/)?clusters\/[^/]+(?=\/)/.exec(file)?.[0];
}

function bootstrapFolder(file: string): string {
  return byConvention(file) ?? dirname(file);
}
