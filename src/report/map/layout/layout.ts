import { type Box, boxesOf, type Item, keyOf } from './boxes';
import { BOX_GAP, type Link, placeVertices, type Vertex } from './columns';
import { layersOf } from './layers';
import type { Edge, Graph, Label } from '../graph';

/** Where a box stands. */
export interface Placed {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  /** As wide as the widest of its column. */
  readonly width: number;
}

/** An arrow: from an item by way of places between boxes to a row of an item. */
export interface Route {
  readonly edge: Edge;
  readonly label: Label;
  /** Places in each column on the way, both ends included, from the source on. */
  readonly stops: readonly Stop[];
}

export interface Stop {
  readonly column: Column;
  readonly y: number;
}

export interface Column {
  readonly x: number;
  readonly width: number;
}

export interface Layout {
  readonly placed: readonly Placed[];
  readonly routes: readonly Route[];
  readonly width: number;
  readonly height: number;
}

const CHANNEL = 56;
const MOST_CHANNEL = 140;

/** Boxes in columns from left to right, arrows between them, and whoever has no arrow below. */
export function layoutOf(graph: Graph): Layout {
  const boxes = boxesOf(graph);
  const homes = new Map(boxes.flatMap((box, index) => box.items.map(item => [item.id, { box, index, item }] as const)));
  const between = graph.edges.filter(({ from, to }) => homes.get(from)!.index !== homes.get(to)!.index);
  const layers = layersOf(boxes, between.map(({ from, to }) => ({ from: homes.get(from)!.index, to: homes.get(to)!.index })));
  const vertices = new Map(boxes.flatMap((box, index) => {
    const layer = layers[index];
    return layer === undefined ? [] : [[box.id, { key: box.id, layer, height: box.height, box, y: 0 } as Vertex] as const];
  }));
  const links = new Map<string, Link>();
  const ways = between.flatMap(edge => edge.labels.map(label => ({ edge, label, ends: wayOf(edge, label, { homes, vertices, links }) })));
  placeVertices([...vertices.values()], [...links.values()]);
  const columns = columnsOf([...vertices.values()], [...links.values()]);
  const routes = ways.map(({ edge, label, ends }): Route => {
    const stops = ends.map(({ vertex, y }) => ({ column: columns[vertex.layer]!, y: vertex.y + y }));
    return { edge, label, stops };
  });
  const placed = [...vertices.values()].flatMap(({ box, layer, y }) => (box ? [{ box, y, ...columns[layer]! }] : []));
  const width = Math.max(0, ...columns.map(column => column.x + column.width));
  return withLoners({ placed, routes, width, height: Math.max(0, ...[...vertices.values()].map(({ y, height }) => y + height)) },
    boxes.filter((_, index) => layers[index] === undefined));
}

interface Home {
  readonly box: Box;
  readonly item: Item;
}

interface Places {
  readonly homes: ReadonlyMap<string, Home>;
  readonly vertices: Map<string, Vertex>;
  readonly links: Map<string, Link>;
}

interface Point {
  readonly vertex: Vertex;
  readonly y: number;
}

/** The points on the way of an edge. Edges to the same row share the places where they pass a column. */
function wayOf({ from, to }: Edge, label: Label, { homes, vertices, links }: Places): Point[] {
  const [source, target] = [homes.get(from)!, homes.get(to)!];
  const row = target.item.rows.find(({ key }) => key === keyOf(label))!;
  const start = { vertex: vertices.get(source.box.id)!, y: source.item.y + titleY(source.item) };
  const end = { vertex: vertices.get(target.box.id)!, y: target.item.y + row.y };
  const step = start.vertex.layer < end.vertex.layer ? 1 : -1;
  const points: Point[] = [start];
  for (let layer = start.vertex.layer + step; layer !== end.vertex.layer; layer += step) {
    const key = JSON.stringify([layer, to, row.key, step]);
    const lane = vertices.get(key) ?? { key, layer, height: 0, y: 0 };
    vertices.set(key, lane);
    points.push({ vertex: lane, y: 0 });
  }
  points.push(end);
  points.slice(1).forEach((point, index) => {
    const [left, right] = step > 0 ? [points[index]!, point] : [point, points[index]!];
    const key = JSON.stringify([left.vertex.key, left.y, right.vertex.key, right.y]);
    links.set(key, { left: left.vertex, leftY: left.y, right: right.vertex, rightY: right.y });
  });
  return points;
}

/** The middle of the first title. */
export function titleY({ isHead }: Pick<Item, 'isHead'>): number {
  return isHead ? 15 : 14;
}

function columnsOf(vertices: readonly Vertex[], links: readonly Link[]): Column[] {
  const columns: Column[] = [];
  const count = Math.max(0, ...vertices.map(({ layer }) => layer + 1));
  let x = 0;
  for (let layer = 0; layer < count; layer++) {
    const width = Math.max(0, ...vertices.filter(vertex => vertex.layer === layer).map(({ box }) => box?.width ?? 0));
    columns.push({ x, width });
    const crossing = links.filter(({ left }) => left.layer === layer).length;
    x += width + Math.min(MOST_CHANNEL, CHANNEL + 3 * crossing);
  }
  return columns;
}

/** Boxes without any arrow, in lines below the others. */
function withLoners({ placed, routes, width, height }: Layout, loners: readonly Box[]): Layout {
  const area = loners.reduce((sum, box) => sum + box.width * box.height, 0);
  const most = Math.max(width, Math.sqrt(area) * 1.4, ...loners.map(box => box.width));
  const below: Placed[] = [];
  let [x, y, lineHeight, right] = [0, height === 0 ? 0 : height + BOX_GAP, 0, width];
  for (const box of loners) {
    if (x > 0 && x + box.width > most) {
      y += lineHeight + BOX_GAP;
      [x, lineHeight] = [0, 0];
    }
    below.push({ box, x, y, width: box.width });
    lineHeight = Math.max(lineHeight, box.height);
    right = Math.max(right, x + box.width);
    x += box.width + BOX_GAP;
  }
  return { placed: [...placed, ...below], routes, width: right, height: Math.max(height, y + lineHeight) };
}
