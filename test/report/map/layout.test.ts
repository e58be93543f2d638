import type { Edge } from '../../../src/report/map/graph';
import { type Item, widthOf } from '../../../src/report/map/layout/boxes';
import { lanesOf } from '../../../src/report/map/layout/lanes';

const items = (count: number): Item[] => Array.from({ length: count }, (_, index) => ({
  id: `${index}`, titles: [`${index}`], subtitle: '', isHead: false, rows: [], y: index * 40, height: 30, width: 100,
}));
const edge = (from: number, to: number): Edge => ({ from: `${from}`, to: `${to}`, labels: [] });
const lanes = (count: number, ...edges: Edge[]) => lanesOf(items(count), edges);

describe('the lanes of a namespace', () => {
  test('are none where nobody calls', () => {
    expect(lanes(3).width).toBe(0);
  });

  test('are shared by callers whose calls do not meet', () => {
    const { at } = lanes(4, edge(0, 1), edge(2, 3));
    expect(at.get('0')).toBe(at.get('2'));
  });

  test('are apart for callers whose calls do', () => {
    const { at, width } = lanes(4, edge(0, 2), edge(1, 3));
    expect(at.get('0')).not.toBe(at.get('1'));
    expect(Math.max(...at.values())).toBeLessThan(width);
  });

  test('are one for all calls of a caller, the shortest next to the workloads', () => {
    const { at } = lanes(4, edge(0, 1), edge(0, 3), edge(1, 2));
    expect([...at.keys()].sort()).toEqual(['0', '1']);
    expect(at.get('1')).toBeLessThan(at.get('0')!);
  });

  test('stay narrow however many there are', () => {
    const all = Array.from({ length: 60 }, (_, index) => edge(index, 59 - index));
    const { at, width } = lanes(60, ...all);
    expect(new Set(at.values()).size).toBeGreaterThan(25);
    expect(width).toBeLessThan(160);
  });
});

test('letters beyond the Latin ones are taken to be wide', () => {
  expect(widthOf('漢字', 10)).toBe(widthOf('abcd', 10));
  expect(widthOf('äöüß', 10)).toBe(widthOf('abcd', 10));
  expect(widthOf('😀', 10)).toBe(widthOf('ab', 10));
});
