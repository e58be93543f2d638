import { count, type Report } from './report';
import type { Severity } from '../checks/finding';

/** What was checked and found, in a line or two. */
export function summaryLines({ findings, summary }: Report): string[] {
  const { target, files, objects, otherDocuments, unknownKinds, acknowledged } = summary;
  const kinds = Object.entries(unknownKinds).sort(([a], [b]) => (a < b ? -1 : 1));
  const severities: [Severity, string][] = [['error', 'error'], ['warning', 'warning'], ['info', 'note']];
  const found = severities.map(([severity, word]) => plural(count(findings, severity), word));
  return [
    `${found.join(', ')}${acknowledged > 0 ? `, ${acknowledged} acknowledged` : ''} in ${plural(objects, 'object')} of ${plural(files, 'file')}, checked for ${target}.`,
    ...otherDocuments > 0 ? [`Passed over: ${plural(otherDocuments, 'document')} without apiVersion and kind.`] : [],
    ...kinds.length > 0 ? [`No rule knows: ${kinds.map(([kind, number]) => `${kind} (${number})`).join(', ')}.`] : [],
  ];
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
