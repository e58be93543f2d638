import type { Change } from '../../reach/diff';
import { escapeMarkdown } from '../escape-markdown';
import { countText, type DiffPart, headingOf, leftOutText, NO_CLUSTER, type Shown, shown } from './shown';

/** A comment is cut off by GitHub at 65,536 characters. */
const MAX_ROWS = 150;

const HEADINGS: readonly (readonly [Change['kind'], string, string])[] = [
  ['opened', 'Opened', 'Passes now'],
  ['changed', 'Changed', 'Passed before, and now'],
  ['closed', 'Closed', 'Passed before'],
];

/** A comment for a pull request. */
export function markdown(parts: readonly DiffPart[]): string {
  return parts.map(part).join('\n');
}

function part(own: DiffPart): string {
  const { cluster, changes } = own;
  const title = cluster === undefined ? '## Reachability'
    : `## Reachability ${escapeMarkdown(cluster === NO_CLUSTER ? headingOf(cluster) : `in ${cluster}`)}`;
  const leftOut = leftOutText(own);
  if (changes.length === 0 && leftOut === '') return `${title}\n\nThis change opens nothing and closes nothing.\n`;
  const sections = HEADINGS.flatMap(([kind, heading, column]) =>
    section(shown(changes).filter(change => change.kind === kind), heading, column));
  return [title, '', `This change: ${countText([{ changes }])}${leftOut && `, ${leftOut}`}.`, '', ...sections].join('\n');
}

function section(changes: readonly Shown[], heading: string, column: string): string[] {
  if (changes.length === 0) return [];
  const rest = changes.length - MAX_ROWS;
  return [
    `### ${heading}`,
    '',
    `| From | To | ${column} | Because |`,
    '| --- | --- | --- | --- |',
    ...changes.slice(0, MAX_ROWS).map(row),
    ...rest > 0 ? ['', `and ${rest} more: \`guardrails diff --format text\` lists them all.`] : [],
    '',
  ];
}

function row({ kind, from, to, before, after, traits, because }: Shown): string {
  const what = kind === 'opened' ? after : kind === 'closed' ? before : `${before} → ${after}`;
  const badges = traits.filter(trait => trait !== 'cross-namespace').map(trait => `**${trait}**`);
  const reasons = because.map(({ text, place }) => escapeMarkdown(place === '' ? text : `${text} (${place})`));
  return `| ${escapeMarkdown(from)} | ${escapeMarkdown(to)} | ${[escapeMarkdown(what), ...badges].join('<br>')} | ${reasons.join('<br>')} |`;
}
