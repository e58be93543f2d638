import { beyondAnybody } from './beyond-anybody';
import { collapse } from './collapse';
import type { End } from './end';
import { portsOf, requestText } from './flow-text';
import type { Flow } from './flows';
import { HIDDEN_TEXTS, type Hideable, hideableAs } from './hidden';
import { compareText } from '../../reach/endpoint';

/** What passes on an edge: ports, and the requests if not all do. */
export interface Label {
  readonly ports: string;
  readonly requests: readonly string[];
  /** Whether it depends on something. */
  readonly perhaps: boolean;
}

/** A map as a picture shows it: what is the same for a whole namespace is said once. */
export interface Graph {
  readonly groups: readonly Group[];
  /** Who belongs to no namespace. */
  readonly outside: readonly GraphNode[];
  readonly edges: readonly Edge[];
  /** What was left out, in words. */
  readonly hidden: readonly string[];
}

export interface Group {
  readonly id: string;
  readonly namespace: string;
  /** How many workloads it has. */
  readonly size: number;
  /** How many of them are not shown. */
  readonly others: number;
  readonly nodes: readonly GraphNode[];
  /** What passes from each of its workloads to each other. */
  readonly among: readonly Label[];
}

export interface GraphNode {
  readonly id: string;
  readonly name: string;
  /** The kind of a workload, `addresses`, `name`, `entity`; `everyone` for every workload there is. */
  readonly kind: string;
}

export interface Edge {
  /** A node or a group. */
  readonly from: string;
  readonly to: string;
  readonly labels: readonly Label[];
}

export interface GraphOptions {
  readonly hide: readonly Hideable[];
  /** Whether workloads without any connection are shown. */
  readonly isolated: boolean;
}

/** Every workload there is. */
export const EVERYONE = 'every workload';

/** @param workloads all of them, whatever part of the map is shown */
export function graphOf(flows: Iterable<Flow>, workloads: readonly End[], { hide, isolated }: GraphOptions): Graph {
  const hidden = new Set<Hideable>();
  const shown = [...beyondAnybody(flows)].filter(flow => {
    // That the pods of a workload reach one another, a picture does not show.
    if (flow.from.text === flow.to.text && (flow.from.members?.length ?? 1) === 1) return false;
    const kind = hideableAs(flow);
    if (kind === undefined || !hide.includes(kind)) return true;
    hidden.add(kind);
    return false;
  });
  const namespaces = groupByNamespace(workloads);
  const ends = new Map(shown.flatMap(({ from, to }) => [from, to]).map(end => [end.text, end]));
  if (isolated) for (const end of workloads) ends.set(end.text, end);
  const members = new Map([...namespaces].map(([name, own]) => [name, own.map(({ text }) => text)]));
  const { edges, among } = collapse(shown.flatMap(pairsOf), members);
  const touched = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const isDrawn = ({ text }: End) => isolated || touched.has(text);
  const groups = [...namespaces].map(([namespace, own]): Group => {
    const drawn = own.filter(end => ends.has(end.text) && isDrawn(end));
    const size = countOf(own);
    const told = { id: groupId(namespace), namespace, size, others: size - countOf(drawn) };
    return { ...told, nodes: drawn.map(nodeOf), among: among.get(namespace) ?? [] };
  });
  const outside = [...ends.values()].filter(end => end.namespace === undefined && isDrawn(end)).map(nodeOf);
  return joinAlike({
    groups: groups.filter(({ id, nodes, among: own }) => nodes.length > 0 || own.length > 0 || touched.has(id)),
    outside: [...outside, ...touched.has(EVERYONE) ? [{ id: EVERYONE, name: EVERYONE, kind: 'everyone' }] : []]
      .sort((a, b) => compareText(a.id, b.id)),
    edges,
    hidden: [...hidden].sort().map(kind => HIDDEN_TEXTS[kind]),
  });
}

/** Those outside who call the same and are called by the same, the same way, are one. */
function joinAlike({ outside, edges, ...rest }: Graph): Graph {
  const ties = new Map(outside.map(({ id }) => [id, [] as string[]]));
  for (const { from, to, labels } of edges) {
    ties.get(from)?.push(JSON.stringify(['to', to, labels]));
    ties.get(to)?.push(JSON.stringify(['from', from, labels]));
  }
  const alike = new Map<string, GraphNode[]>();
  for (const node of outside) {
    const key = ties.get(node.id)!.sort().join('\n');
    alike.set(key, [...alike.get(key) ?? [], node]);
  }
  const joined = new Map<string, GraphNode>();
  for (const nodes of alike.values()) {
    const node = nodes.length === 1 ? nodes[0]! : {
      id: nodes.map(({ id }) => id).join(', '),
      name: nodes.map(({ name }) => name).join('\n'),
      kind: new Set(nodes.map(({ kind }) => kind)).size === 1 ? nodes[0]!.kind : 'outside',
    };
    for (const { id } of nodes) joined.set(id, node);
  }
  const idOf = (id: string) => joined.get(id)?.id ?? id;
  const moved = new Map(edges.map(({ from, to, labels }) => {
    const ends = { from: idOf(from), to: idOf(to) };
    return [JSON.stringify([ends.from, ends.to]), { ...ends, labels }];
  }));
  return { ...rest, outside: [...new Set(joined.values())], edges: [...moved.values()] };
}

export function groupId(namespace: string): string {
  return `namespace ${namespace}`;
}

function groupByNamespace(workloads: readonly End[]): Map<string, End[]> {
  const groups = new Map<string, End[]>();
  for (const end of [...workloads].sort((a, b) => compareText(a.text, b.text))) {
    const own = groups.get(end.namespace!);
    if (own) own.push(end);
    else groups.set(end.namespace!, [end]);
  }
  return groups;
}

function countOf(ends: readonly End[]): number {
  return ends.reduce((sum, { members }) => sum + (members?.length ?? 1), 0);
}

function nodeOf({ text, name, kind, type }: End): GraphNode {
  return { id: text, name, kind: kind ?? type };
}

/** Each part of what passes is an edge of its own until edges with the same ends are joined. */
function pairsOf({ from, to, connection: { open, limited, perhaps } }: Flow) {
  const labels: Label[] = [
    ...open.isEmpty() ? [] : [{ ports: portsOf(open), requests: [], perhaps: false }],
    ...limited.map(({ ports, requests }) => ({ ports: portsOf(ports), requests: requests.map(requestText), perhaps: false })),
    ...perhaps.isEmpty() ? [] : [{ ports: portsOf(perhaps), requests: [], perhaps: true }],
  ];
  return labels.map(label => ({ from: from.text, to: to.text, label }));
}

/** `8080/TCP`, `8000/TCP GET /v1/models`, `perhaps 443/TCP` */
export function labelText({ ports, requests, perhaps }: Label): string {
  return [perhaps ? `perhaps ${ports}` : ports, requests.join(', ')].filter(Boolean).join(' ');
}
