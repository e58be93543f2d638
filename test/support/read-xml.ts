/** An element of XML with what is in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

type Open = XmlElement & { readonly children: (XmlElement | string)[] };

const NAME = '[A-Za-z_][\\w.:-]*';
const START = new RegExp(`<(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`, 'y');
const END = new RegExp(`</(${NAME})\\s*>`, 'y');
const TEXT = /[^<]+/y;
/** What XML 1.0 has no way to write. */
const FORBIDDEN = /[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' };

/**
 * Reads a document of elements, attributes and text. Anything that is not well-formed is an error, and so is what reports and
 * pictures have no need of: comments, sections of character data, doctypes.
 *
 * @see https://www.w3.org/TR/xml/
 */
export function readXml(text: string): XmlElement {
  if (FORBIDDEN.test(text)) throw new Error(`not a character of XML: ${JSON.stringify(FORBIDDEN.exec(text)![0])}`);
  const root: Open = { name: '', attributes: {}, children: [] };
  const path = [root];
  let at = /^<\?xml [^>]*\?>\s*/.exec(text)?.[0].length ?? 0;
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text) ?? undefined;
    at += found?.[0].length ?? 0;
    return found;
  };
  while (at < text.length) {
    const here = path.at(-1)!;
    const start = match(START);
    if (start) {
      const element: Open = { name: start[1]!, attributes: readAttributes(start[2]!), children: [] };
      here.children.push(element);
      if (start[3] === '') path.push(element);
      continue;
    }
    const end = match(END);
    if (end) {
      if (path.length === 1 || here.name !== end[1]) throw new Error(`</${end[1]}> closes ${here.name || 'nothing'}`);
      path.pop();
      continue;
    }
    const words = match(TEXT);
    if (!words) throw new Error(`neither a tag nor text at ${at}: ${text.slice(at, at + 40)}`);
    here.children.push(unescape(words[0]));
  }
  const [document, ...others] = root.children.filter(child => typeof child !== 'string' || child.trim() !== '');
  if (path.length > 1 || others.length > 0 || document === undefined || typeof document === 'string') throw new Error('not one whole element');
  return document;
}

/** All elements of a name, wherever they are. */
export function elementsOf(element: XmlElement, name: string): XmlElement[] {
  const inner = element.children.flatMap(child => (typeof child === 'string' ? [] : elementsOf(child, name)));
  return element.name === name ? [element, ...inner] : inner;
}

/** The text in an element and in those within. */
export function textOf({ children }: XmlElement): string {
  return children.map(child => (typeof child === 'string' ? child : textOf(child))).join('');
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w.:-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, unescape(value!)] as const);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(pairs);
}

function unescape(text: string): string {
  return text.replace(/&(?:(\w+);)?/g, (whole, name: string | undefined) => {
    const char = name === undefined ? undefined : ENTITIES[name];
    if (char === undefined) throw new Error(`no entity: ${whole}`);
    return char;
  });
}
