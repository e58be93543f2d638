import { shown } from './shown';
import type { Change } from '../../reach/diff';
import { csvRow } from '../csv-row';

/** For spreadsheets, a row for each pair. */
export function csv(changes: readonly Change[]): string {
  const rows = changes.map(shown).map(({ kind, from, to, before, after, traits, because }) => [
    kind, from, to, before, after, traits.join(' '), because.map(({ text }) => text).join('; '),
  ]);
  return [['change', 'from', 'to', 'before', 'after', 'traits', 'because'], ...rows].map(csvRow).join('');
}
