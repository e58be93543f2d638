import { type DiffPart, shown } from './shown';

/** As data: a list of the changes in the order of the clusters and pairs. */
export function json(parts: readonly DiffPart[]): string {
  const changes = parts.flatMap(({ cluster, changes: own }) => shown(own).map(change => (
    { cluster, ...change, because: change.because.map(({ reason }) => reason) }
  )));
  return `${JSON.stringify({ changes }, undefined, 2)}\n`;
}
