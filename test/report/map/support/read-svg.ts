import { elementsOf, readXml, textOf, type XmlElement } from '../../../support/read-xml';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SvgText extends Rect {
  readonly text: string;
}

export interface SvgArrow {
  /** `from to to: label` */
  readonly title: string;
  readonly start: Point;
  readonly end: Point;
  /** How far to the right its line goes. */
  readonly right: number;
  readonly dashed: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface SvgPicture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  /** Of namespaces. */
  readonly frames: readonly Rect[];
  /** Of workloads, and of those outside. */
  readonly boxes: readonly Rect[];
  readonly texts: readonly SvgText[];
  readonly arrows: readonly SvgArrow[];
}

/** Letters of the monospaced fonts that are commonly there are this wide, in parts of their height. */
const LETTER = 0.602;

/** Reads a picture, with places from its top left corner. */
export function readSvg(text: string): SvgPicture {
  const svg = readXml(text);
  const [group, ...others] = svg.children.filter(child => typeof child !== 'string' && child.name === 'g') as XmlElement[];
  const [, x, y] = /^translate\((\d+) (\d+)\)$/.exec(group?.attributes.transform ?? '') ?? [];
  if (others.length > 0 || x === undefined || svg.attributes.viewBox !== `0 0 ${svg.attributes.width} ${svg.attributes.height}`) throw new Error('not a picture as it should be');
  const origin = { x: Number(x), y: Number(y) };
  const rects = elementsOf(svg, 'rect').map(rect => ({ ...rectOf(rect, origin), fill: rect.attributes.fill }));
  return {
    width: Number(svg.attributes.width),
    height: Number(svg.attributes.height),
    title: elementsOf(svg, 'title').filter(({ attributes }) => attributes.id === 'map-title').map(textOf).join(),
    description: elementsOf(svg, 'desc').map(textOf).join(),
    frames: rects.filter(({ fill }) => fill === '#eef1f4'),
    boxes: rects.filter(({ fill }) => fill !== '#eef1f4'),
    texts: elementsOf(svg, 'text').map(element => textIn(element, origin)),
    arrows: elementsOf(group!, 'g').slice(1).map(element => arrowOf(element, origin)),
  };
}

function rectOf({ attributes }: XmlElement, origin: Point): Rect {
  const [x, y, width, height] = [attributes.x, attributes.y, attributes.width, attributes.height].map(number);
  return { x: x! + origin.x, y: y! + origin.y, width: width!, height: height! };
}

function textIn(element: XmlElement, origin: Point): SvgText {
  const size = number(element.attributes['font-size']);
  const width = element.children.reduce((sum, child) => sum
    + (typeof child === 'string' ? widthOf(child, size) : widthOf(textOf(child), number(child.attributes['font-size']))), 0);
  const [x, y] = [element.attributes.x, element.attributes.y].map(number);
  return { text: textOf(element), x: x! + origin.x, y: y! + origin.y - size * 0.8, width, height: size };
}

/** Letters of China, Japan and Korea, and emojis, are twice as wide as others. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 2 : 1), 0) * LETTER * size;
}

function arrowOf(element: XmlElement, origin: Point): SvgArrow {
  const [line, head] = elementsOf(element, 'path');
  const [start, end] = [line, head].map(path => /^M(-?[\d.]+) (-?[\d.]+)/.exec(path!.attributes.d!)!.slice(1).map(Number));
  return {
    title: elementsOf(element, 'title').map(textOf).join(),
    start: { x: start![0]! + origin.x, y: start![1]! + origin.y },
    end: { x: end![0]! + origin.x, y: end![1]! + origin.y },
    right: Math.max(...pathXs(line!.attributes.d!)) + origin.x,
    dashed: line!.attributes['stroke-dasharray'] !== undefined,
  };
}

/** Every x that a path names. */
function pathXs(path: string): number[] {
  return [...path.matchAll(/([A-Z])([^A-Z]*)/g)].flatMap(([, command, rest]) => {
    const values = rest!.trim().split(/ /).map(number);
    if (!'MHVQC'.includes(command!)) throw new Error(`${command} is not known: ${path}`);
    return command === 'V' ? [] : command === 'H' ? values : values.filter((_, index) => index % 2 === 0);
  });
}

function number(text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || !Number.isFinite(value)) throw new Error(`no number: ${text}`);
  return value;
}

/** Pairs that have more than an edge in common. */
export function overlaps(rects: readonly Rect[]): [Rect, Rect][] {
  return rects.flatMap((a, index) => rects.slice(index + 1).filter(b => a.x + a.width > b.x + 0.1 && b.x + b.width > a.x + 0.1
    && a.y + a.height > b.y + 0.1 && b.y + b.height > a.y + 0.1).map((b): [Rect, Rect] => [a, b]));
}

export function isInside(inner: Rect, outer: Rect): boolean {
  return inner.x >= outer.x - 0.1 && inner.y >= outer.y - 0.1 && inner.x + inner.width <= outer.x + outer.width + 0.1
    && inner.y + inner.height <= outer.y + outer.height + 0.1;
}

/** Whether a point is on the left or the right side of a box. */
export function touches({ x, y }: Point, { x: left, y: top, width, height }: Rect): boolean {
  return (Math.abs(x - left) < 0.2 || Math.abs(x - left - width) < 0.2) && y > top - 0.1 && y < top + height + 0.1;
}
