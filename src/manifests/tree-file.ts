import { refuse } from '../values/guardrails-error';

/** A file of a tree that is written as a whole. */
export interface TreeFile {
  /** From the root of the tree, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly executable?: boolean;
}

/** What the writer keeps for itself at the root begins so. */
export const OWN_PREFIX = '.guardrails';

const STEP = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$|^\.[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** Whether a path stays within the tree, and has a name on every file system. */
export function isTreePath(path: string): boolean {
  return !path.startsWith(OWN_PREFIX) && path.split('/').every(step => STEP.test(step) && !step.endsWith('.'));
}

/**
 * Stops two files that would be one, or a file where another has its folder, on any file system: also on those that do not tell upper
 * from lower case.
 *
 * @throws GuardrailsError that names both
 */
export function insistDistinct(root: string, files: readonly TreeFile[]): void {
  const taken = new Map<string, string>();
  for (const { path } of files) {
    if (!isTreePath(path)) refuseFile(root, path, 'a path that some file systems do not take', 'letters, digits, `.`, `_` and `-` between slashes');
    const other = taken.get(path.toLowerCase());
    if (other !== undefined) refuseFile(root, path, `also ${other}`, 'one file of that name, whatever the case of its letters');
    taken.set(path.toLowerCase(), path);
  }
  for (const folder of foldersOf(taken.keys())) {
    const file = taken.get(folder);
    if (file !== undefined) refuseFile(root, file, 'a file and a folder', 'one of them');
  }
}

/** Every folder that paths lie in, each after the one that it lies in. */
export function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) folders.add(path.slice(0, end));
  }
  return folders;
}

function refuseFile(root: string, path: string, given: string, allowed: string): never {
  refuse(`${root} (tree)`, path, { given, allowed, mend: 'Give one of the objects another name.' });
}
