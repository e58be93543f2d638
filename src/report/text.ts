import { oneLine, place, type Placed } from './finding-place';
import type { Report } from './report';
import { summaryLines } from './summary-line';
import type { Severity, Source } from '../checks/finding';

const COLORS: Readonly<Record<Severity, string>> = { error: '\u001b[31m', warning: '\u001b[33m', info: '\u001b[36m' };
const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** For people: grouped by file, with what was found, why it matters and how to mend it. */
export function text(report: Report, color: boolean): string {
  const paint = (code: string, words: string) => (color ? `${code}${words}${RESET}` : words);
  const groups = new Map<string, Placed[]>();
  for (const placed of report.findings.map(place)) {
    const group = groupOf(placed.source);
    const members = groups.get(group);
    if (members) members.push(placed);
    else groups.set(group, [placed]);
  }
  const sections = [...groups].map(([group, members]) => (
    [paint(BOLD, oneLine(group)), ...members.sort(byPosition).map(placed => describe(placed, paint))].join('\n')
  ));
  return `${[...sections, summaryLines(report).join('\n')].join('\n\n')}\n`;
}

function byPosition({ source: a }: Placed, { source: b }: Placed): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function groupOf({ constructPath, file }: Source): string {
  return constructPath ?? file ?? 'objects';
}

function describe({ finding, source, name }: Placed, paint: (code: string, words: string) => string): string {
  const { id, severity, pointer, found, why, mend, link } = finding;
  const position = source.line === undefined ? '' : `${source.line}:${source.column ?? 1} `;
  return [
    `  ${position}${paint(COLORS[severity], severity)} ${id}${name ? ` ${name}` : ''}${pointer && paint(DIM, ` ${oneLine(pointer)}`)}`,
    `    found: ${oneLine(found)}`,
    `    why:   ${oneLine(why)}`,
    `    mend:  ${oneLine(mend)}`,
    paint(DIM, `    ${link}`),
  ].join('\n');
}
