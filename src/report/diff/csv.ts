import { type DiffPart, shown } from './shown';
import { csvRow } from '../csv-row';

/** For spreadsheets, a row for each pair. */
export function csv(parts: readonly DiffPart[]): string {
  const rows = parts.flatMap(({ cluster, changes }) => shown(changes).map(({ kind, from, to, before, after, traits, because }) => [
    kind, from, to, before, after, traits.join(' '), because.map(({ text }) => text).join('; '), cluster ?? '',
  ]));
  return [['change', 'from', 'to', 'before', 'after', 'traits', 'because', 'cluster'], ...rows].map(csvRow).join('');
}
