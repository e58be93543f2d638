import { shown } from './shown';
import type { Change } from '../../reach/diff';

/** For spreadsheets, a row for each pair. */
export function csv(changes: readonly Change[]): string {
  const rows = changes.map(shown).map(({ kind, from, to, before, after, traits, because }) => [
    kind, from, to, before, after, traits.join(' '), because.map(({ text }) => text).join('; '),
  ]);
  return [['change', 'from', 'to', 'before', 'after', 'traits', 'because'], ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
function cell(text: string): string {
  // A spreadsheet would take a text that begins so for a formula.
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
