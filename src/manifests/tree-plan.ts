import { accessSync, constants, lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { foldersOf, type TreeFile } from './tree-file';
import { hashOf, type TreeIndex } from './tree-index';

/** What a run does to a tree, as sorted paths. */
export interface TreeChanges {
  readonly added: string[];
  readonly changed: string[];
  readonly removed: string[];
  readonly unchanged: string[];
  /** What stands in the way: files of others, and files that were changed by hand. Each with what is wrong with it. */
  readonly foreign: string[];
}

/** The changes, and what carries them out. */
export interface TreePlan {
  readonly changes: TreeChanges;
  readonly write: readonly TreeFile[];
  /** The index once it is done. */
  readonly index: TreeIndex;
}

type State = 'absent' | 'same' | 'ours' | 'foreign' | 'edited';

const LISTS: Record<State, keyof TreeChanges> = {
  absent: 'added', same: 'unchanged', ours: 'changed', foreign: 'foreign', edited: 'foreign',
};
const REASONS: Partial<Record<State, string>> = { foreign: 'not written by this program', edited: 'changed since it was written' };

/** Holds a tree against what it should be. Changes nothing. */
export function planTree(root: string, files: readonly TreeFile[], before: TreeIndex): TreePlan {
  const wanted = new Map(files.map(file => [file.path, file]));
  const left = [...before.keys()].filter(path => !wanted.has(path));
  const disk = new Disk(root, before, [...wanted.keys(), ...left]);
  const changes: TreeChanges = { added: [], changed: [], removed: [], unchanged: [], foreign: [] };
  const write: TreeFile[] = [];
  const index = new Map<string, Set<string>>();
  for (const file of [...files].sort(byPath)) {
    const digest = hashOf(file.text);
    index.set(file.path, new Set([digest]));
    const state = disk.stateOf(file.path, file);
    const reason = REASONS[state];
    changes[LISTS[state]].push(reason ? `${file.path}: ${reason}` : file.path);
    if (state === 'absent' || state === 'ours') write.push(file);
  }
  for (const path of left.sort()) {
    const state = disk.stateOf(path);
    if (state === 'ours') changes.removed.push(path);
    else if (state !== 'absent') changes.foreign.push(`${path}: to be removed, but changed since it was written`);
  }
  return { changes, write, index };
}

function byPath(a: TreeFile, b: TreeFile): number {
  return a.path < b.path ? -1 : 1;
}

/** What lies in a tree. */
class Disk {
  /** Folders that are there, and what stands in the place of one. */
  private readonly folders = new Map<string, 'there' | 'absent' | 'foreign'>();

  constructor(private readonly root: string, private readonly index: TreeIndex, paths: string[]) {
    for (const folder of foldersOf(paths)) {
      const above = this.folderOf(folder);
      if (above === 'there') this.folders.set(folder, kindOf(lstat(join(root, folder))));
      else this.folders.set(folder, above);
    }
  }

  stateOf(path: string, wanted?: TreeFile): State {
    const folder = this.folderOf(path);
    if (folder !== 'there') return folder;
    const file = join(this.root, path);
    const stat = lstat(file);
    if (!stat) return 'absent';
    if (!stat.isFile()) return 'foreign';
    const content = readFileSync(file);
    if (wanted && content.equals(Buffer.from(wanted.text))) return !wanted.executable || isExecutable(file) ? 'same' : 'ours';
    const written = this.index.get(path);
    if (!written) return 'foreign';
    return written.has(hashOf(content)) ? 'ours' : 'edited';
  }

  private folderOf(path: string): 'there' | 'absent' | 'foreign' {
    const slash = path.lastIndexOf('/');
    return slash < 0 ? 'there' : this.folders.get(path.slice(0, slash))!;
  }
}

/** A link may lead out of the tree: it is none of ours. */
function kindOf(stat: Stats | undefined): 'there' | 'absent' | 'foreign' {
  if (!stat) return 'absent';
  return stat.isDirectory() ? 'there' : 'foreign';
}

function lstat(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
