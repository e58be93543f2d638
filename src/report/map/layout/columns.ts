import type { Box } from './boxes';
import { compareText } from '../../../reach/endpoint';

/** What stands in a column: a box, or the place where an edge passes through. */
export interface Vertex {
  readonly key: string;
  readonly layer: number;
  readonly height: number;
  readonly box?: Box;
  /** From the top of the picture. */
  y: number;
}

/** A piece of an edge from a column to the next, by how far below the top of its ends it begins and ends. */
export interface Link {
  readonly left: Vertex;
  readonly leftY: number;
  readonly right: Vertex;
  readonly rightY: number;
}

const SWEEPS = 12;
export const BOX_GAP = 24;
const LANE_GAP = 8;

/** Puts everything in its column where its edges are short and cross few others. */
export function placeVertices(vertices: readonly Vertex[], links: readonly Link[]): void {
  const count = Math.max(0, ...vertices.map(({ layer }) => layer + 1));
  const columns = Array.from({ length: count }, (_, layer) => vertices.filter(vertex => vertex.layer === layer)
    .sort((a, b) => compareText(a.key, b.key)));
  const ties = tiesOf(links);
  for (const column of columns) settle(column, column.map(() => 0));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isLast = sweep >= SWEEPS - 4;
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : [...columns].reverse()) {
      const wished = new Map(column.map(vertex => [vertex, wish(vertex, ties.get(vertex) ?? [], isLast ? 'both' : forward ? 'left' : 'right')]));
      column.sort((a, b) => wished.get(a)! + a.height / 2 - wished.get(b)! - b.height / 2 || compareText(a.key, b.key));
      settle(column, column.map(vertex => wished.get(vertex)!));
    }
  }
  const top = Math.min(...vertices.map(({ y }) => y));
  for (const vertex of vertices) vertex.y -= top;
}

/** The links of each. */
function tiesOf(links: readonly Link[]): Map<Vertex, Link[]> {
  const ties = new Map<Vertex, Link[]>();
  for (const link of links) {
    for (const vertex of [link.left, link.right]) {
      const own = ties.get(vertex);
      if (own) own.push(link);
      else ties.set(vertex, [link]);
    }
  }
  return ties;
}

/** Where its edges would be straight. */
function wish(vertex: Vertex, ties: readonly Link[], side: 'left' | 'right' | 'both'): number {
  const wishes = ties.flatMap(({ left, leftY, right, rightY }) => {
    if (right === vertex) return side === 'right' ? [] : [left.y + leftY - rightY];
    return side === 'left' ? [] : [right.y + rightY - leftY];
  });
  return wishes.length === 0 ? vertex.y : wishes.reduce((sum, one) => sum + one, 0) / wishes.length;
}

/**
 * The places closest to the wishes at which a column keeps its order and its gaps: those that would run into each other stand
 * together, where they wish to be on average.
 */
function settle(column: readonly Vertex[], wishes: readonly number[]): void {
  const offsets: number[] = [];
  let offset = 0;
  column.forEach((vertex, index) => {
    offsets.push(offset);
    const below = column[index + 1];
    offset += vertex.height + (below?.box || vertex.box ? BOX_GAP : LANE_GAP);
  });
  const blocks: { sum: number; count: number }[] = [];
  wishes.forEach((wished, index) => {
    blocks.push({ sum: wished - offsets[index]!, count: 1 });
    const mean = ({ sum, count }: typeof blocks[number]) => sum / count;
    for (let last = blocks.at(-1)!, before = blocks.at(-2); before && mean(before) > mean(last); before = blocks.at(-2)) {
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
      last = blocks.at(-1)!;
    }
  });
  let index = 0;
  for (const { sum, count } of blocks) {
    for (let member = 0; member < count; member++, index++) column[index]!.y = sum / count + offsets[index]!;
  }
}
