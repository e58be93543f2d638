import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTreePath, OWN_PREFIX } from './tree-file';
import { refuse } from '../values/guardrails-error';

/** Name of the index, at the root of the tree. */
export const INDEX = `${OWN_PREFIX}.sha256`;

/**
 * What was written, as paths with hashes of their content. A path has more than one while a run is going on: whatever is found there
 * after a run was killed, before or after, is known.
 */
export type TreeIndex = ReadonlyMap<string, ReadonlySet<string>>;

const LINE = /^([0-9a-f]{64}) {2}(.+)$/;

export function hashOf(content: string | Buffer): string {
  return hash('sha256', content, 'hex');
}

/**
 * The index of a tree; an empty one where there is none.
 *
 * @throws GuardrailsError when it is no index, such as one with the marks of a merge
 */
export function readIndex(root: string): TreeIndex {
  const index = new Map<string, Set<string>>();
  textOf(root).split('\n').forEach((line, number) => {
    if (line === '') return;
    const [, digest, path] = LINE.exec(line.replace(/\r$/, '')) ?? [];
    if (digest === undefined || path === undefined || !isTreePath(path)) {
      refuse(`${root} (tree)`, `${INDEX}:${number + 1}`, {
        given: line,
        allowed: 'a hash, two blanks and a path',
        mend: 'After a merge, keep the lines of both sides.',
      });
    }
    index.set(path, (index.get(path) ?? new Set()).add(digest));
  });
  return index;
}

/** The index as `sha256sum --check` reads it. Sorted, a line for each hash, so that versions of it merge. */
export function printIndex(index: TreeIndex): string {
  const lines = [...index].flatMap(([path, digests]) => [...digests].sort().map(digest => [path, `${digest}  ${path}\n`] as const));
  return lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, line]) => line).join('');
}

function textOf(root: string): string {
  try {
    return readFileSync(join(root, INDEX), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
