import type { Item } from './boxes';
import type { Edge } from '../graph';

const MOST_WIDTH = 120;
const STEP = 9;
/** From the items to the first lane: room for the head of an arrow. */
const START = 14;

/** At the right side of a namespace, where the edges between its own workloads run: a lane for each caller, shared where none meet. */
export interface Lanes {
  readonly width: number;
  /** How far from the items the lane of a caller runs. */
  readonly at: ReadonlyMap<string, number>;
}

export function lanesOf(items: readonly Item[], inner: readonly Edge[]): Lanes {
  const tops = new Map(items.map(item => [item.id, item]));
  const spans = [...new Set(inner.map(({ from }) => from))].map(caller => {
    const ends = [caller, ...inner.filter(({ from }) => from === caller).map(({ to }) => to)].map(id => tops.get(id)!);
    return { caller, top: Math.min(...ends.map(({ y }) => y)), bottom: Math.max(...ends.map(({ y, height }) => y + height)) };
  });
  const lanes: (typeof spans)[] = [];
  const numbers = new Map<string, number>();
  for (const span of spans.sort((a, b) => (a.bottom - a.top) - (b.bottom - b.top))) {
    const found = lanes.findIndex(lane => lane.every(({ top, bottom }) => bottom < span.top || span.bottom < top));
    const lane = found < 0 ? lanes.push([]) - 1 : found;
    lanes[lane]!.push(span);
    numbers.set(span.caller, lane);
  }
  const step = Math.min(STEP, MOST_WIDTH / Math.max(1, lanes.length));
  const at = new Map([...numbers].map(([caller, lane]) => [caller, START + lane * step]));
  return { width: lanes.length === 0 ? 0 : Math.ceil(START + (lanes.length - 1) * step) + 8, at };
}
