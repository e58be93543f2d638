import { type Lanes, lanesOf } from './lanes';
import { compareText } from '../../../reach/endpoint';
import { oneLine } from '../../finding-place';
import type { Edge, Graph, GraphNode, Group, Label } from '../graph';

/** What arrives at an item: the ports of one kind of edge. Arrows end at it, so that no text stands on a line. */
export interface Row {
  readonly key: string;
  readonly lines: readonly string[];
  readonly isPerhaps: boolean;
  /** From the top of the item. */
  readonly y: number;
}

/** A workload, the head of a namespace, or somebody outside. */
export interface Item {
  readonly id: string;
  readonly titles: readonly string[];
  readonly subtitle: string;
  readonly isHead: boolean;
  readonly rows: readonly Row[];
  /** From the top of the box. */
  readonly y: number;
  readonly height: number;
  readonly width: number;
}

/** A namespace with its workloads, or somebody outside alone. */
export interface Box {
  readonly id: string;
  readonly isGroup: boolean;
  readonly items: readonly Item[];
  /** Edges between its own items. */
  readonly inner: readonly Edge[];
  readonly lanes: Lanes;
  readonly width: number;
  readonly height: number;
}

export const TITLE_SIZE = 12;
export const ROW_SIZE = 10.5;
/** Of every font that the picture asks for, in parts of its size. */
const CHAR = 0.61;
const TITLE_HEIGHT = 17;
export const ROW_HEIGHT = 15;
const PADDING = 8;
export const FRAME = 10;
const GAP = 10;
const LONGEST = 46;
const MOST_REQUESTS = 5;

export function boxesOf({ groups, outside, edges }: Graph): Box[] {
  const arriving = new Map<string, Edge[]>();
  for (const edge of edges) {
    const own = arriving.get(edge.to);
    if (own) own.push(edge);
    else arriving.set(edge.to, [edge]);
  }
  return [
    ...groups.map(group => groupBox(group, arriving)),
    ...outside.map(node => box(node.id, false, [itemOf(node, arriving)], [])),
  ];
}

function groupBox(group: Group, arriving: ReadonlyMap<string, readonly Edge[]>): Box {
  const own = new Set(group.nodes.map(({ id }) => id));
  const inner = group.nodes.flatMap(({ id }) => (arriving.get(id) ?? []).filter(({ from }) => own.has(from)));
  const depths = depthsOf(group.nodes, inner);
  const nodes = [...group.nodes].sort((a, b) => depths.get(a.id)! - depths.get(b.id)! || compareText(a.id, b.id));
  const head = headOf(group, arriving.get(group.id) ?? []);
  return box(group.id, true, [head, ...nodes.map(node => itemOf(node, arriving))], inner);
}

/** How far from the start of a chain of calls within the namespace. A circle is cut where it closes. */
function depthsOf(nodes: readonly GraphNode[], inner: readonly Edge[]): Map<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (id: string, path: readonly string[]): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    const callers = inner.filter(({ from, to }) => to === id && !path.includes(from) && from !== id).map(({ from }) => from);
    const depth = Math.max(0, ...callers.map(from => depthOf(from, [...path, id]) + 1));
    depths.set(id, depth);
    return depth;
  };
  for (const { id } of nodes) depthOf(id, []);
  return depths;
}

function box(id: string, isGroup: boolean, items: readonly Item[], inner: readonly Edge[]): Box {
  const placed: Item[] = [];
  let y = 0;
  for (const item of items) {
    placed.push({ ...item, y });
    y += item.height + (item.isHead && items.length > 1 ? 2 : GAP);
  }
  const frame = isGroup ? FRAME : 0;
  const lanes = lanesOf(placed, inner);
  return {
    id,
    isGroup,
    items: placed,
    inner,
    lanes,
    width: Math.max(...items.map(item => item.width - (item.isHead ? 2 * FRAME : 0))) + frame + Math.max(frame, lanes.width),
    height: y - GAP + frame,
  };
}

function itemOf({ id, name, kind }: GraphNode, arriving: ReadonlyMap<string, readonly Edge[]>): Item {
  return makeItem({ id, titles: name.split('\n').map(cut), subtitle: SUBTITLES[kind] ?? kind, isHead: false, rows: rowsOf(arriving.get(id) ?? []) });
}

function headOf({ id, namespace, size, others, nodes, among }: Group, arriving: readonly Edge[]): Item {
  const subtitle = others === 0 ? '' : nodes.length === 0 ? `${size} workloads` : `and ${others} more`;
  const each = among.flatMap(label => linesOf(label).map((line, index) => (index === 0 ? `each to each: ${line}` : line)));
  const own = each.length > 0 ? [{ key: '', lines: each, isPerhaps: false }] : [];
  return makeItem({ id, titles: [cut(namespace)], subtitle, isHead: true, rows: [...own, ...rowsOf(arriving)] });
}

const SUBTITLES: Readonly<Record<string, string>> = { addresses: '', name: 'DNS name', entity: '', node: 'node', everyone: '', outside: '' };

function makeItem({ rows, ...own }: Pick<Item, 'id' | 'titles' | 'subtitle' | 'isHead'> & { readonly rows: readonly Omit<Row, 'y'>[] }): Item {
  let y = PADDING + own.titles.length * TITLE_HEIGHT - 2;
  const placed = rows.map(row => {
    const at = y + ROW_HEIGHT / 2;
    y += row.lines.length * ROW_HEIGHT;
    return { ...row, y: at };
  });
  const titles = own.titles.map((title, index) => widthOf(title, TITLE_SIZE) + (index === 0 && own.subtitle ? widthOf(`  ${own.subtitle}`, ROW_SIZE) : 0));
  const texts = rows.flatMap(({ lines }) => lines.map(line => widthOf(line, ROW_SIZE) + 6));
  return { ...own, rows: placed, y: 0, height: y + PADDING - 2, width: Math.ceil(Math.max(...titles, ...texts)) + 2 * PADDING };
}

function rowsOf(edges: readonly Edge[]): Omit<Row, 'y'>[] {
  const rows = new Map<string, Omit<Row, 'y'>>();
  for (const label of edges.flatMap(({ labels }) => labels)) {
    rows.set(keyOf(label), { key: keyOf(label), lines: linesOf(label), isPerhaps: label.perhaps });
  }
  return [...rows.values()].sort((a, b) => compareText(a.key, b.key));
}

/** Labels that read the same arrive at the same row. */
export function keyOf({ ports, requests, perhaps }: Label): string {
  return JSON.stringify([perhaps, ports, requests]);
}

function linesOf({ ports, requests, perhaps }: Label): string[] {
  const shown = requests.slice(0, requests.length > MOST_REQUESTS ? MOST_REQUESTS - 1 : MOST_REQUESTS);
  const rest = requests.length - shown.length;
  return [`${perhaps ? 'perhaps ' : ''}${ports}`, ...shown, ...rest > 0 ? [`and ${rest} more`] : []].map(cut);
}

function cut(text: string): string {
  const line = oneLine(text);
  const chars = [...line];
  return chars.length > LONGEST ? `${chars.slice(0, LONGEST - 1).join('')}…` : line;
}

/** Characters beyond the Latin ones may be twice as wide. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, char) => sum + (char.codePointAt(0)! > 0x2fff ? 2 : 1), 0) * CHAR * size;
}
