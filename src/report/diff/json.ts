import { shown } from './shown';
import type { Change } from '../../reach/diff';

/** As data: a list of the changes in the order of the pairs. */
export function json(changes: readonly Change[]): string {
  return `${JSON.stringify({ changes: changes.map(change => ({ ...shown(change), because: change.because })) }, undefined, 2)}\n`;
}
