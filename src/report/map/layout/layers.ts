import type { Box } from './boxes';

/** An edge between boxes, by their places in the list. */
export interface BoxEdge {
  readonly from: number;
  readonly to: number;
}

const LEAST_HEIGHT = 700;

/** The column of every box: edges lead from left to right, as far as they run in no circle. Boxes without an edge have none. */
export function layersOf(boxes: readonly Box[], edges: readonly BoxEdge[]): (number | undefined)[] {
  const order = orderOf(boxes.length, edges);
  const rank = new Map(order.map((box, index) => [box, index]));
  const forward = edges.map(({ from, to }) => (rank.get(from)! < rank.get(to)! ? { from, to } : { from: to, to: from }));
  const layers = new Array<number>(boxes.length).fill(0);
  const leaving = groupBy(forward, ({ from }) => from);
  const arriving = groupBy(forward, ({ to }) => to);
  for (const box of order) for (const { to } of leaving.get(box) ?? []) layers[to] = Math.max(layers[to]!, layers[box]! + 1);
  // Who calls more than is called stands as close as may be to those who are called.
  for (const box of [...order].reverse()) {
    const [out, into] = [leaving.get(box) ?? [], arriving.get(box) ?? []];
    if (out.length > into.length) layers[box] = Math.min(...out.map(({ to }) => layers[to]! - 1));
  }
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return splitTall(boxes, boxes.map((_, index) => (connected.has(index) ? layers[index] : undefined)));
}

function groupBy(edges: readonly BoxEdge[], keyOf: (edge: BoxEdge) => number): Map<number, BoxEdge[]> {
  const groups = new Map<number, BoxEdge[]>();
  for (const edge of edges) {
    const own = groups.get(keyOf(edge));
    if (own) own.push(edge);
    else groups.set(keyOf(edge), [edge]);
  }
  return groups;
}

/**
 * An order in which few edges lead backwards.
 *
 * @see Eades, Lin and Smyth, A fast and effective heuristic for the feedback arc set problem, 1993
 */
function orderOf(count: number, edges: readonly BoxEdge[]): number[] {
  const left: number[] = [];
  const right: number[] = [];
  const rest = new Set(Array.from({ length: count }, (_, index) => index));
  while (rest.size > 0) {
    const degrees = degreesOf(rest, edges);
    const sinks = degrees.filter(({ out }) => out === 0);
    const sources = degrees.filter(({ into, out }) => into === 0 && out > 0);
    const taken = sinks.length > 0 ? sinks : sources.length > 0 ? sources
      : [degrees.reduce((best, one) => (one.out - one.into > best.out - best.into ? one : best))];
    for (const { box } of taken) {
      rest.delete(box);
      if (taken === sinks) right.unshift(box);
      else left.push(box);
    }
  }
  return [...left, ...right];
}

/** How many edges each of the rest has to and from the others of it. */
function degreesOf(rest: ReadonlySet<number>, edges: readonly BoxEdge[]): { readonly box: number; out: number; into: number }[] {
  const degrees = new Map([...rest].map(box => [box, { box, out: 0, into: 0 }]));
  for (const { from, to } of edges) {
    const [source, target] = [degrees.get(from), degrees.get(to)];
    if (!source || !target) continue;
    source.out++;
    target.into++;
  }
  return [...degrees.values()];
}

/** A column that is much higher than the picture should be becomes several. */
function splitTall(boxes: readonly Box[], layers: readonly (number | undefined)[]): (number | undefined)[] {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + 60) * (height + 24), 0);
  const most = Math.max(LEAST_HEIGHT, Math.sqrt(area), ...boxes.map(({ height }) => height));
  const split: (number | undefined)[] = layers.map(() => undefined);
  let next = 0;
  for (const layer of [...new Set(layers)].filter(one => one !== undefined).sort((a, b) => a - b)) {
    const members = boxes.map((_, index) => index).filter(index => layers[index] === layer);
    const columns = Math.ceil(members.reduce((sum, index) => sum + boxes[index]!.height, 0) / most);
    const size = Math.ceil(members.length / columns);
    members.forEach((member, index) => {
      split[member] = next + Math.floor(index / size);
    });
    next += Math.ceil(members.length / size);
  }
  return split;
}
