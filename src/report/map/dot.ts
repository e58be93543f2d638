import { type Graph, type GraphNode, type Group, labelText } from './graph';
import { oneLine } from '../finding-place';

/** For Graphviz, namespaces as clusters. */
export function* dot({ groups, outside, edges, hidden }: Graph): Generator<string> {
  yield 'digraph map {\n  compound=true;\n  rankdir=LR;\n  node [shape=box, fontname="sans-serif", fontsize=11];\n  edge [fontname="sans-serif", fontsize=10];\n';
  if (hidden.length > 0) yield `  label=${quote(`Not shown: ${hidden.join(', ')}`)};\n  fontname="sans-serif";\n  fontsize=10;\n`;
  const clusters = new Map(groups.map((group, index) => [group.id, `cluster_${index}`]));
  const touched = new Set(edges.flatMap(({ from, to }) => [from, to]));
  for (const group of groups) yield cluster(group, clusters.get(group.id)!, touched.has(group.id) || group.nodes.length === 0);
  for (const node of outside) yield `  ${quote(node.id)} [label=${quote(node.name)}, style=rounded];\n`;
  for (const { from, to, labels } of edges) {
    const attributes = [
      `label=${quote(labels.map(labelText).join('\n'))}`,
      ...labels.every(({ perhaps }) => perhaps) ? ['style=dashed'] : [],
      // An edge of a cluster needs a node in it to begin or end at.
      ...clusters.has(from) ? [`ltail=${clusters.get(from)!}`] : [],
      ...clusters.has(to) ? [`lhead=${clusters.get(to)!}`] : [],
    ];
    yield `  ${quote(from)} -> ${quote(to)} [${attributes.join(', ')}];\n`;
  }
  yield '}\n';
}

/** @param anchored whether it needs a node of its own, for edges to begin or end at */
function cluster({ id, namespace, size, nodes, among }: Group, name: string, anchored: boolean): string {
  const title = [namespace, ...among.map(label => `each to each: ${labelText(label)}`)].join('\n');
  return [
    `  subgraph ${name} {`,
    `    label=${quote(title)};`,
    ...anchored ? [`    ${quote(id)} [shape=plaintext, label=${quote(`${size} workloads`)}];`] : [],
    ...nodes.map((node: GraphNode) => `    ${quote(node.id)} [label=${quote(`${node.name}\n${node.kind}`)}];`),
    '  }\n',
  ].join('\n');
}

/** Behind a backslash a letter means something in labels, and entities are read as in HTML. */
function quote(text: string): string {
  const lines = text.split('\n').map(line => oneLine(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;'));
  return `"${lines.join('\\n')}"`;
}
