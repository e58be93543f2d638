import { join } from 'node:path/posix';
import type { Dependent } from './dependencies';
import type { FileTree } from './file-tree';
import { plainText } from '../kubernetes/text';
import { namespaceOf } from '../kubernetes/workloads';
import { asObject } from '../read';

/** Where the path of a Kustomization leads. */
export interface SyncedPath {
  /** As the source sees it, without dots; empty for its root. */
  readonly path: string;
  /** The folder of the set, if it is there. */
  readonly folder: string | undefined;
  /** The steps that the path has and the set does not: its files lie elsewhere than in the source. */
  readonly moved: string | undefined;
  /** Whether some path of the same source leads somewhere, so that the source is what the set was read from. */
  readonly isOwn: boolean;
}

/**
 * Where the paths of Kustomizations lead. A path is that of a repository, and the set may be a part or a copy of it: where no path of a
 * source leads anywhere, and all do once the same first steps are left out, the set begins below those.
 */
export function syncedPaths<D extends Dependent>(dependents: readonly D[], tree: FileTree): Map<D, SyncedPath> {
  const sources = new Map<string, D[]>();
  for (const dependent of dependents) {
    const source = sourceOf(dependent);
    sources.set(source, [...sources.get(source) ?? [], dependent]);
  }
  return new Map([...sources.values()].flatMap(group => {
    const paths = group.map(({ spec }) => join('/', plainText(spec.path) ?? '').slice(1).replace(/\/$/, ''));
    const isOwn = paths.some(path => tree.folderFor(path) !== undefined);
    const moved = isOwn ? undefined : stepsToLeaveOut(paths, tree);
    return group.map((dependent, index) => {
      const path = paths[index]!;
      const folder = tree.folderFor(moved === undefined ? path : path.slice(moved.length + 1));
      return [dependent, { path, folder, moved, isOwn }] as const;
    });
  }));
}

function sourceOf({ located, spec }: Dependent): string {
  const { kind, name, namespace } = asObject(spec.sourceRef) ?? {};
  return [kind, namespace ?? namespaceOf(located), name].map(part => plainText(part) ?? '').join(' ');
}

/** A last step alone, such as `apps`, is a name that many folders have. */
const STEPS_LEFT = 2;

function stepsToLeaveOut([first = '', ...others]: readonly string[], tree: FileTree): string | undefined {
  const steps = first.split('/');
  for (let count = 1; count <= steps.length - STEPS_LEFT; count++) {
    const moved = steps.slice(0, count).join('/');
    const leads = (path: string) => path.startsWith(`${moved}/`) && tree.folderFor(path.slice(moved.length + 1)) !== undefined;
    if (leads(first) && others.every(leads)) return moved;
  }
  return undefined;
}
