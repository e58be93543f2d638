import { type Edge, type Graph, labelText } from './graph';
import { escapeXml } from '../escape-xml';
import { oneLine } from '../finding-place';
import { FRAME, type Item, keyOf, ROW_HEIGHT, ROW_SIZE, type Row, TITLE_SIZE } from './layout/boxes';
import { layoutOf, type Layout, type Placed, type Route, titleY } from './layout/layout';

/** Seen well on white and on black alike; every source has one, so that its arrows can be followed. */
const LINES = ['#0969da', '#1a7f37', '#bc4c00', '#8250df', '#bf3989', '#57788f', '#9a6700', '#cf222e'];
const FONT = 'ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace';
const MARGIN = 16;
const ARROW = 6;

/** As a picture that needs nothing else. Text stands on its own ground everywhere, so that it is read on any page. */
export function* svg(graph: Graph): Generator<string> {
  const layout = layoutOf(graph);
  const notes = notesOf(graph);
  const noted = notes.length > 0 ? 24 + notes.length * 16 : 0;
  const [width, height] = [layout.width, layout.height + noted].map(size => Math.ceil(size + 2 * MARGIN));
  const textWidth = Math.max(0, ...notes.map(note => note.length * 7)) + 2 * MARGIN;
  const size = `${Math.max(width!, Math.ceil(textWidth))} ${height!}`;
  const [across, down] = size.split(' ');
  yield `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" viewBox="0 0 ${size}" role="img" aria-labelledby="map-title map-desc" font-family="${FONT}">\n`;
  yield `<title id="map-title">${escapeXml(titleOf(graph))}</title>\n<desc id="map-desc">${escapeXml(descriptionOf(graph))}</desc>\n`;
  yield `<g transform="translate(${MARGIN} ${MARGIN})">\n`;
  for (const placed of layout.placed) if (placed.box.isGroup) yield frame(placed);
  yield* arrows(layout);
  for (const placed of layout.placed) yield* items(placed);
  yield* notes.map((note, index) => text({ x: 0, y: layout.height + 28 + index * 16, size: 11, fill: '#6e7781' }, note));
  yield '</g>\n</svg>\n';
}

function titleOf({ groups }: Graph): string {
  const count = groups.reduce((sum, { size }) => sum + size, 0);
  const plural = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  return `Who reaches whom: ${plural(count, 'workload')} in ${plural(groups.length, 'namespace')}`;
}

/** What the picture shows, for those who do not see it. */
function descriptionOf({ groups, edges }: Graph): string {
  const among = groups.flatMap(({ namespace, among: labels }) => labels.map(label => `every workload of ${namespace} to each other: ${labelText(label)}`));
  return [...edges.map(({ from, to, labels }) => `${from} to ${to}: ${labels.map(labelText).join('; ')}`), ...among].map(oneLine).join('\n');
}

function notesOf({ hidden, edges }: Graph): string[] {
  return [
    ...edges.some(({ labels }) => labels.some(({ perhaps }) => perhaps)) ? ['Dashed: depends on what the manifests do not tell.'] : [],
    ...hidden.length > 0 ? [`Not shown: ${hidden.join(', ')}.`] : [],
  ];
}

function frame({ x, y, width, box: { height } }: Placed): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="8" fill="#eef1f4" stroke="#afb8c1"/>\n`;
}

function* items({ box, x, y, width }: Placed): Generator<string> {
  for (const item of box.items) {
    const left = x + (item.isHead || !box.isGroup ? 0 : FRAME);
    const own = item.isHead || !box.isGroup ? width : itemWidth(box.items);
    const top = y + item.y;
    if (!item.isHead) {
      const fill = box.isGroup ? '#ffffff' : '#ddf4ff';
      const radius = box.isGroup ? 5 : Math.min(14, item.height / 2);
      yield `<rect x="${n(left)}" y="${n(top)}" width="${n(own)}" height="${n(item.height)}" rx="${n(radius)}" fill="${fill}" stroke="#8c959f"/>\n`;
    }
    yield* words(item, left + 8, top);
  }
}

/** All workloads of a namespace are as wide as the widest. */
function itemWidth(all: readonly Item[]): number {
  return Math.max(...all.map(({ width, isHead }) => width - (isHead ? 2 * FRAME : 0)));
}

function* words({ titles, subtitle, rows, isHead }: Item, x: number, top: number): Generator<string> {
  const weight = isHead ? ' font-weight="bold"' : '';
  for (const [index, title] of titles.entries()) {
    const small = index === 0 && subtitle ? `<tspan font-size="${ROW_SIZE}" font-weight="normal" fill="#57606a">  ${escapeXml(oneLine(subtitle))}</tspan>` : '';
    const at = `x="${n(x)}" y="${n(top + titleY({ isHead }) + 4 + index * 17)}"`;
    yield `<text ${at} font-size="${TITLE_SIZE}" fill="#1f2328" xml:space="preserve"${weight}>${escapeXml(oneLine(title))}${small}</text>\n`;
  }
  for (const { lines, y, isPerhaps } of rows) {
    for (const [index, line] of lines.entries()) {
      const fill = isPerhaps ? '#7d4e00' : index === 0 ? '#0550ae' : '#6639ba';
      yield text({ x: x + 6, y: top + y + index * ROW_HEIGHT + 4, size: ROW_SIZE, fill }, line);
    }
  }
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
}

function text({ x, y, size, fill }: Place, line: string): string {
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" fill="${fill}">${escapeXml(oneLine(line))}</text>\n`;
}

function* arrows({ placed, routes }: Layout): Generator<string> {
  const callers = new Set([...routes.map(({ edge }) => edge.from), ...placed.flatMap(({ box }) => box.inner.map(({ from }) => from))]);
  const all = placed.flatMap(place => place.box.items.map(({ id }) => ({ id, place })));
  const homes = new Map(all.map(({ id, place }) => [id, place]));
  const colors = new Map(all.filter(({ id }) => callers.has(id)).map(({ id }, index) => [id, LINES[index % LINES.length]!]));
  for (const route of routes) yield between(route, homes.get(route.edge.from)!, homes.get(route.edge.to)!, colors.get(route.edge.from)!);
  for (const place of placed) for (const edge of place.box.inner) yield* inside(place, edge, colors.get(edge.from)!);
}

function between({ edge, label, stops }: Route, source: Placed, target: Placed, color: string): string {
  const forward = stops[0]!.column.x < stops.at(-1)!.column.x;
  const [start, end] = [edgeOf(source, edge.from, forward), edgeOf(target, edge.to, !forward)];
  const steps = [`M${n(start)} ${n(stops[0]!.y)}`];
  stops.slice(1).forEach(({ column, y }, index) => {
    const before = stops[index]!;
    const [from, to] = forward ? [before.column.x + before.column.width, column.x] : [before.column.x, column.x + column.width];
    const middle = (from + to) / 2;
    steps.push(`H${n(from)}C${n(middle)} ${n(before.y)} ${n(middle)} ${n(y)} ${n(to)} ${n(y)}`);
  });
  const tip = forward ? end - ARROW : end + ARROW;
  return arrow({ edge, label, path: `${steps.join('')}H${n(tip)}`, tip: end, y: stops.at(-1)!.y, from: tip }, color);
}

/** The side of an item, to the left or to the right. */
function edgeOf({ box, x, width }: Placed, id: string, right: boolean): number {
  const isInner = box.isGroup && !box.items.find(item => item.id === id)!.isHead;
  if (!isInner) return right ? x + width : x;
  return x + FRAME + (right ? itemWidth(box.items) : 0);
}

/** Within a namespace: out at the right, along the lane of the caller, and in again. */
function* inside({ box, x, y }: Placed, edge: Edge, color: string): Generator<string> {
  const [source, target] = [edge.from, edge.to].map(id => box.items.find(item => item.id === id)!);
  const side = x + FRAME + itemWidth(box.items);
  const lane = side + box.lanes.at.get(edge.from)!;
  for (const label of edge.labels) {
    const row = target!.rows.find(({ key }: Row) => key === keyOf(label))!;
    const [from, to] = [y + source!.y + titleY(source!) + 4, y + target!.y + row.y];
    const bend = Math.sign(to - from) * Math.min(5, Math.abs(to - from) / 2);
    const path = `M${n(side)} ${n(from)}H${n(lane - 5)}Q${n(lane)} ${n(from)} ${n(lane)} ${n(from + bend)}`
      + `V${n(to - bend)}Q${n(lane)} ${n(to)} ${n(lane - 5)} ${n(to)}H${n(side + ARROW)}`;
    yield arrow({ edge, label, path, tip: side, y: to, from: side + ARROW }, color);
  }
}

interface Arrow {
  readonly edge: Edge;
  readonly label: Edge['labels'][number];
  readonly path: string;
  readonly tip: number;
  readonly y: number;
  /** Where the head begins. */
  readonly from: number;
}

function arrow({ edge, label, path, tip, y, from }: Arrow, color: string): string {
  const dashes = label.perhaps ? ' stroke-dasharray="4 3"' : '';
  const head = `<path d="M${n(tip)} ${n(y)}L${n(from)} ${n(y - 3.5)}V${n(y + 3.5)}Z" fill="${color}"/>`;
  const title = `<title>${escapeXml(oneLine(`${edge.from} to ${edge.to}: ${labelText(label)}`))}</title>`;
  return `<g>${title}<path d="${path}" fill="none" stroke="${color}" stroke-width="1.4"${dashes}/>${head}</g>\n`;
}

/** Short, and the same on every machine. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
