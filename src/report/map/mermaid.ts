import { type Edge, type Graph, labelText } from './graph';
import { oneLine } from '../finding-place';

/**
 * For Markdown on GitHub and elsewhere, namespaces as subgraphs.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function* mermaid({ groups, outside, edges, hidden }: Graph): Generator<string> {
  // Ids are made up: names may hold what the grammar keeps for itself, `end` above all.
  const ids = new Map<string, string>();
  const id = (key: string) => ids.get(key) ?? ids.set(key, `n${ids.size}`).get(key)!;
  yield 'flowchart LR\n';
  for (const { id: group, namespace, size, nodes, among } of groups) {
    const title = [namespace, ...among.map(label => `each to each: ${labelText(label)}`)].join('\n');
    yield `  subgraph ${id(group)}["${plain(title)}"]\n`;
    // A subgraph without a node is no subgraph.
    if (nodes.length === 0) yield `    ${id(`workloads of ${group}`)}["${size} workloads"]\n`;
    for (const node of nodes) yield `    ${id(node.id)}["${plain(node.name)}"]\n`;
    yield '  end\n';
  }
  for (const node of outside) yield `  ${id(node.id)}(["${plain(node.name)}"])\n`;
  for (const edge of edges) yield `  ${id(edge.from)} ${arrow(edge)} ${id(edge.to)}\n`;
  if (hidden.length > 0) yield `  ${id('not shown')}["${plain(`Not shown: ${hidden.join(', ')}`)}"]\n  style ${id('not shown')} fill:none,stroke:none\n`;
}

function arrow({ labels }: Edge): string {
  const text = plain(labels.map(labelText).join('\n'));
  return labels.every(({ perhaps }) => perhaps) ? `-. "${text}" .->` : `-->|"${text}"|`;
}

/** In quotes entities are read, and so is Markdown behind a backtick: everything that could mean something is written as one. */
function plain(text: string): string {
  const lines = text.split('\n').map(line => oneLine(line).replace(/[^\w ./:,()[\]{}?+=^-]/gu, char => `#${char.codePointAt(0)!};`));
  return lines.join('<br/>');
}
