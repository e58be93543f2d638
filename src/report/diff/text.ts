import { type DiffPart, headingOf, leftOutText, type Shown, shown } from './shown';
import type { Change } from '../../reach/diff';

const MARKS: Record<Change['kind'], string> = { opened: '+', closed: '-', changed: '~' };
const COLORS: Record<Change['kind'], number> = { opened: 31, closed: 33, changed: 36 };

/** For people: a line for each pair, and below it the policies that did it. */
export function text(parts: readonly DiffPart[], color: boolean): string {
  return parts.map(part => {
    const [heading, leftOut] = [part.cluster === undefined ? '' : `${headingOf(part.cluster)}\n`, leftOutText(part)];
    return heading + (part.changes.length > 0 || leftOut === '' ? partText(part.changes, color) : '') + (leftOut && `${leftOut}\n`);
  }).join('\n');
}

function partText(changes: readonly Change[], color: boolean): string {
  if (changes.length === 0) return 'nothing opened, nothing closed\n';
  const paint = (kind: Change['kind'], line: string) => (color ? `\u001b[${COLORS[kind]}m${line}\u001b[0m` : line);
  return shown(changes).map(change => [
    paint(change.kind, `${MARKS[change.kind]} ${change.from} => ${change.to} : ${what(change)}${change.traits.length > 0 ? ` (${change.traits.join(', ')})` : ''}`),
    ...change.because.map(({ text: reason, place }) => `    ${reason}${place && ` (${place})`}`),
  ].join('\n')).join('\n').concat('\n');
}

function what({ kind, before, after }: Shown): string {
  if (kind === 'opened') return after;
  return kind === 'closed' ? before : `${before} -> ${after}`;
}
