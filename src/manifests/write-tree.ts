import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { insistDistinct, OWN_PREFIX, type TreeFile } from './tree-file';
import { INDEX, printIndex, readIndex, type TreeIndex } from './tree-index';
import { withLock } from './tree-lock';
import { planTree, type TreeChanges, type TreePlan } from './tree-plan';
import { refuse } from '../values/guardrails-error';

const ASIDE = `${OWN_PREFIX}.aside`;
const MOST_NAMED = 10;

/** What `writeTree` would do. */
export function compareTree(root: string, files: readonly TreeFile[]): TreeChanges {
  insistDistinct(root, files);
  return planTree(root, files, readIndex(root)).changes;
}

/**
 * Makes a folder hold these files, besides what others have in it. A file is complete or absent at any time: it is written aside and
 * then moved. An index at the root tells what was written; only that is changed or removed, and only where nobody has changed it since.
 *
 * A run that is killed leaves files from before and after, none half. The index names both already, so the next run does the rest. The
 * order is such that no kustomization.yaml lists what is not there.
 *
 * @throws GuardrailsError when a file of somebody else is in the way, another run is going on, or the disk does not take the files
 */
export function writeTree(root: string, files: readonly TreeFile[]): TreeChanges {
  insistDistinct(root, files);
  return withLock(root, () => {
    // What a run left that was killed.
    rmSync(join(root, ASIDE), { recursive: true, force: true });
    const before = readIndex(root);
    const plan = planTree(root, files, before);
    refuseForeign(root, plan.changes);
    carryOut(new Writer(root), plan, before);
    return plan.changes;
  });
}

function carryOut(writer: Writer, { changes, write, index }: TreePlan, before: TreeIndex): void {
  const gone = [...before.keys()].filter(path => !index.has(path));
  const isDone = write.length === 0 && gone.length === 0 && printIndex(before) === printIndex(index);
  if (isDone) return;
  let done = 0;
  const all = write.length + changes.removed.length;
  try {
    writer.write({ path: INDEX, text: printIndex(both(before, index)) });
    for (const file of listsLast(write)) {
      writer.write(file);
      done++;
    }
    for (const path of changes.removed) {
      writer.remove(path);
      done++;
    }
    gone.forEach(path => writer.removeEmptyFolders(path));
    writer.write({ path: INDEX, text: printIndex(index) });
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code) throw error;
    refuse(`${writer.root} (tree)`, 'files', {
      given: (error as Error).message,
      allowed: 'a folder that can be written to, with room enough',
      mend: done === 0
        ? 'No file was changed.'
        : `${done} of ${all} files are done, each of them whole, and the others are as they were. Run it again: it does the rest.`,
    });
  } finally {
    writer.close();
  }
}

class Writer {
  private readonly aside: string;
  private readonly made = new Set<string>();

  constructor(readonly root: string) {
    this.aside = join(root, ASIDE);
  }

  write({ path, text, executable }: TreeFile): void {
    const aside = join(this.aside, 'file');
    const target = join(this.root, path);
    this.makeFolder(this.aside);
    writeFileSync(aside, text, { mode: executable ? 0o755 : 0o644 });
    this.makeFolder(dirname(target));
    renameSync(aside, target);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { force: true });
  }

  /** The folders that a file lay in, up to the first that holds something else. */
  removeEmptyFolders(path: string): void {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      try {
        rmdirSync(join(this.root, folder));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
        return;
      }
    }
  }

  close(): void {
    rmSync(this.aside, { recursive: true, force: true });
  }

  private makeFolder(folder: string): void {
    if (this.made.has(folder)) return;
    mkdirSync(folder, { recursive: true });
    this.made.add(folder);
  }
}

function listsLast(files: readonly TreeFile[]): TreeFile[] {
  const isList = ({ path }: TreeFile) => path.endsWith('/kustomization.yaml');
  return [...files.filter(file => !isList(file)), ...files.filter(isList)];
}

function both(before: TreeIndex, after: TreeIndex): TreeIndex {
  return new Map([...before, ...[...after].map(([path, digests]) => [path, new Set([...before.get(path) ?? [], ...digests])] as const)]);
}

function refuseForeign(root: string, { foreign }: TreeChanges): void {
  if (foreign.length === 0) return;
  const more = foreign.length > MOST_NAMED ? ` and ${foreign.length - MOST_NAMED} more` : '';
  refuse(`${root} (tree)`, 'files', {
    given: `${foreign.slice(0, MOST_NAMED).join('; ')}${more}`,
    allowed: 'files that this program wrote and nobody changed since',
    mend: 'Put the change into the program and delete the file, or move it out of the way. Nothing was changed.',
  });
}
