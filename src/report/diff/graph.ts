import { type Shown, shown } from './shown';
import type { Change } from '../../reach/diff';

const COLORS: Record<Change['kind'], string> = { opened: '#1a7f37', closed: '#cf222e', changed: '#bf3989' };

/** For Graphviz: green is new, red is gone, magenta is different. */
export function dot(changes: readonly Change[]): string {
  const quote = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const edges = shown(changes).map(change =>
    `  ${quote(change.from)} -> ${quote(change.to)} [label=${quote(label(change))}, color="${COLORS[change.kind]}", fontcolor="${COLORS[change.kind]}"];`);
  return ['digraph diff {', '  rankdir=LR;', '  node [shape=box];', ...edges, '}\n'].join('\n');
}

/** For Markdown on GitHub and elsewhere. */
export function mermaid(changes: readonly Change[]): string {
  const all = shown(changes);
  const names = [...new Set(all.flatMap(({ from, to }) => [from, to]))].sort();
  const id = (name: string) => `n${names.indexOf(name)}`;
  return [
    'flowchart LR',
    ...names.map(name => `  ${id(name)}["${plain(name)}"]`),
    ...all.map(change => `  ${id(change.from)} -->|"${plain(label(change))}"| ${id(change.to)}`),
    ...all.map((change, index) => `  linkStyle ${index} stroke:${COLORS[change.kind]},color:${COLORS[change.kind]}`),
  ].join('\n').concat('\n');
}

function label({ kind, before, after }: Shown): string {
  if (kind === 'opened') return `+ ${after}`;
  return kind === 'closed' ? `- ${before}` : `${before} → ${after}`;
}

/** Mermaid reads entities in quoted labels, and these three would end or start something. */
function plain(value: string): string {
  return value.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
