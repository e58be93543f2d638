export interface MermaidNode {
  readonly id: string;
  readonly label: string;
  /** `round` for those outside of the namespaces. */
  readonly shape: 'square' | 'round';
}

export interface MermaidEdge {
  /** By their labels. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly dashed: boolean;
}

export interface MermaidGroup {
  readonly label: string;
  readonly nodes: readonly MermaidNode[];
}

export interface MermaidChart {
  readonly groups: readonly MermaidGroup[];
  readonly outside: readonly MermaidNode[];
  readonly edges: readonly MermaidEdge[];
}

const GROUP = /^ {2}subgraph (n\d+)\["([^"]*)"\]$/;
const NODE = /^ {2,4}(n\d+)(?:\["([^"]*)"\]|\(\["([^"]*)"\]\))$/;
const EDGE = /^ {2}(n\d+) (?:-->\|"([^"]*)"\||-\. "([^"]*)" \.->) (n\d+)$/;
const STYLE = /^ {2}style (n\d+) [\w:,#]+$/;

/**
 * Reads a flowchart, statement by statement; whatever else is in it is an error. Labels are given as they are shown.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function readMermaid(text: string): MermaidChart {
  const [head, ...lines] = text.trimEnd().split('\n');
  if (head !== 'flowchart LR') throw new Error(`no flowchart: ${head}`);
  const labels = new Map<string, string>();
  const groups: { label: string; nodes: MermaidNode[] }[] = [];
  const outside: MermaidNode[] = [];
  const edges: MermaidEdge[] = [];
  let open: MermaidNode[] | undefined;
  const declare = (id: string, label: string) => {
    if (labels.has(id)) throw new Error(`${id} is there twice`);
    labels.set(id, shown(label));
    return shown(label);
  };
  const known = (id: string) => {
    if (!labels.has(id)) throw new Error(`${id} is nobody`);
    return labels.get(id)!;
  };
  for (const line of lines) {
    const [, group, title] = GROUP.exec(line) ?? [];
    const [, node, square, round] = NODE.exec(line) ?? [];
    const [, from, solid, dashed, to] = EDGE.exec(line) ?? [];
    if (group !== undefined) {
      groups.push({ label: declare(group, title!), nodes: open = [] });
    } else if (node !== undefined) {
      (open ?? outside).push({ id: node, label: declare(node, square ?? round!), shape: square === undefined ? 'round' : 'square' });
    } else if (from !== undefined) {
      edges.push({ from: known(from), to: known(to!), label: shown(solid ?? dashed!), dashed: solid === undefined });
    } else if (line === '  end' && open) {
      if (open.length === 0) throw new Error('a subgraph without a node');
      open = undefined;
    } else {
      known(STYLE.exec(line)?.[1] ?? line);
    }
  }
  return { groups, outside, edges };
}

/** Mermaid reads `#38;` as a character, Markdown behind a backtick, and tags. */
function shown(label: string): string {
  const parts = label.split('<br/>').map(part => {
    const left = part.replace(/#\d+;/g, '');
    if (/[`<>&"%#;\\]|[^\n -~]/.test(left)) throw new Error(`something that means something else: ${left}`);
    return part.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  });
  return parts.join('\n');
}
