import type { TreeChanges } from '../../manifests/tree-plan';

/** Files that are named one by one; a first run writes thousands. */
const MOST_NAMED = 20;

const VERBS = ['added', 'changed', 'removed'] as const;

/** What differs, a line for each file; what stands in the way comes first. */
export function changeLines(changes: TreeChanges): string[] {
  return [...changes.foreign.map(line => `foreign ${line}`), ...VERBS.flatMap(verb => changes[verb].map(path => `${verb} ${path}`))];
}

/** The first lines, each on a line of its own, and how many there are besides. */
export function shortened(lines: readonly string[]): string {
  const more = lines.length > MOST_NAMED ? [`  and ${lines.length - MOST_NAMED} more\n`] : [];
  return [...lines.slice(0, MOST_NAMED).map(line => `  ${line}\n`), ...more].join('');
}

/** Says on stderr what a run did. */
export function tellChanges(outdir: string, changes: TreeChanges): void {
  const counts = [...VERBS, 'unchanged' as const].map(verb => `${changes[verb].length} ${verb}`);
  process.stderr.write(`${shortened(changeLines(changes))}${outdir}: ${counts.join(', ')}\n`);
}
