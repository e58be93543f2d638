import { type Shown, shown } from './shown';
import type { Change } from '../../reach/diff';
import { escapeXml } from '../escape-xml';
import { oneLine } from '../finding-place';

const COLORS: Record<Change['kind'], string> = { opened: '#1a7f37', closed: '#cf222e', changed: '#bf3989' };
const MARKS: Record<Change['kind'], string> = { opened: '+', closed: '-', changed: '~' };
const MARGIN = 16;
const ROW = 44;
const BOX = 30;
/** As wide as a letter of this size is on average, and a little more. */
const LETTER = 7.5;

/** A picture that needs no other program: callers on the left, callees on the right, an arrow for each pair. Green is new, red is gone. */
export function svg(changes: readonly Change[]): string {
  const all = shown(changes);
  const [froms, tos] = [all.map(({ from }) => from), all.map(({ to }) => to)].map(names => [...new Set(names)].sort());
  const [left, right] = [froms!, tos!].map(names => Math.max(0, ...names.map(name => name.length)) * LETTER + 20);
  const middle = Math.max(160, ...all.map(change => label(change).length * LETTER + 60));
  const width = Math.ceil(2 * MARGIN + left! + middle + right!);
  const rows = all.map((change, index) => ({ change, y: MARGIN + 24 + index * ROW + BOX / 2 }));
  const height = Math.ceil(2 * MARGIN + 24 + all.length * ROW);
  const title = all.length === 0 ? 'Nothing opened, nothing closed' : 'What the change opens and closes';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"`
      + ' font-family="DejaVu Sans, Arial, sans-serif" font-size="12">',
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 8}" font-weight="bold" fill="#1f2328">${title}</text>`,
    ...rows.flatMap(({ change, y }) => arrow(change, y, { start: MARGIN + left!, end: MARGIN + left! + middle, right: right! })),
    '</svg>\n',
  ].join('\n');
}

interface Columns {
  readonly start: number;
  readonly end: number;
  readonly right: number;
}

function arrow(change: Shown, y: number, { start, end, right }: Columns): string[] {
  const color = COLORS[change.kind];
  return [
    box(change.from, MARGIN, y, start - MARGIN),
    box(change.to, end, y, right),
    `<path d="M ${start} ${y} H ${end - 8}" stroke="${color}" stroke-width="1.5" fill="none"/>`,
    `<path d="M ${end - 8} ${y - 4} L ${end} ${y} L ${end - 8} ${y + 4} Z" fill="${color}"/>`,
    `<text x="${(start + end) / 2}" y="${y - 6}" text-anchor="middle" fill="${color}">${escapeXml(oneLine(label(change)))}</text>`,
  ];
}

function box(name: string, x: number, y: number, width: number): string {
  return `<rect x="${x}" y="${y - BOX / 2}" width="${width}" height="${BOX}" rx="5" fill="#eef1f4" stroke="#8c959f"/>`
    + `<text x="${x + 10}" y="${y + 4}" fill="#1f2328">${escapeXml(oneLine(name))}</text>`;
}

function label(change: Shown): string {
  const { kind, before, after } = change;
  return `${MARKS[kind]} ${kind === 'opened' ? after : kind === 'closed' ? before : `${before} → ${after}`}`;
}
