import { resolveScalar } from './resolve-scalar';

const LINE_FEED = 0x0A;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const HASH = 0x23;
const SINGLE_QUOTE = 0x27;
const DASH = 0x2D;
const DOT = 0x2E;
const COLON = 0x3A;
const FOLDED = 0x3E;
const BACKSLASH = 0x5C;
const LITERAL = 0x7C;

/** What no text without quotes starts with, or only where certain signs follow. */
const INDICATORS = new Set([...',[]{}#&*!|>\'"%@`?:-'].map(sign => sign.charCodeAt(0)));

/** Levels of nesting that are read here; manifests have a dozen or two. */
const MAX_DEPTH = 64;

/** The indent of the line behind the last one. */
const END = -1;

const SLOTS = 4096;

/** Keys that were read before, by their hash: the same few stand in all manifests. */
const KEYS = new Array<string>(SLOTS).fill('');

/** The same for values, and what they stand for. */
const TEXTS = new Array<string>(SLOTS).fill('');
const VALUES = new Array<unknown>(SLOTS).fill(null);

/** A longer part of a text is kept by V8 as a view of it, so that the whole file would stay in memory. */
const LONGEST_KEPT = 12;

const NOT_PLAIN = Symbol('not plain');

/**
 * Reads the YAML that nearly all manifests are written in, more than twice as fast as what can read all YAML: one document of mappings
 * and lists in block style, texts on one line with quotes or without, block texts. Undefined for everything else, right or wrong, which
 * the whole reader has to look at.
 *
 * @param start of the document in the text
 * @param end of the document in the text: behind a line break, or the end of the text
 */
export function readPlainYaml(text: string, start: number, end: number): unknown {
  try {
    return new PlainYaml(text, start, end).read();
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

class PlainYaml {
  /** Of the line that is read, up to its first sign; of an item, up to what stands behind the dash. */
  private indent = 0;
  private lineStart = 0;
  private depth = 0;

  constructor(private readonly text: string, private at: number, private readonly end: number) {}

  read(): unknown {
    if (this.text.startsWith('---', this.at)) {
      this.at += 3;
      this.endLine();
    } else {
      this.startLine();
    }
    this.expect(this.indent === 0);
    const value = this.block();
    this.expect(this.indent === END);
    return value;
  }

  /** A mapping or a list that starts here. */
  private block(): unknown {
    return this.isItem() ? this.list() : this.mapping(this.key());
  }

  private list(): unknown[] {
    const { indent } = this;
    this.expect(++this.depth < MAX_DEPTH);
    const items = [this.item(indent)];
    while (this.indent === indent && this.isItem()) items.push(this.item(indent));
    this.expect(this.indent <= indent);
    this.depth--;
    // V8 keeps room for sixteen more where one is added; lists in manifests are short and stay as they are.
    return items.length === 1 ? items : items.slice();
  }

  private item(listIndent: number): unknown {
    this.at++;
    this.skipSpaces();
    const start = this.at;
    this.indent = start - this.lineStart;
    this.expect(!this.isLineEnd());
    if (this.isItem()) return this.list();
    const key = this.keyHere();
    if (key !== undefined) return this.mapping(key);
    this.at = start;
    return this.scalar(listIndent);
  }

  /** @param first the key that was read to know that it is a mapping */
  private mapping(first: string): Record<string, unknown> {
    const { indent } = this;
    const object: Record<string, unknown> = {};
    this.expect(++this.depth < MAX_DEPTH);
    for (let key = first; ; key = this.key()) {
      this.expect(!Object.hasOwn(object, key));
      this.skipSpaces();
      object[key] = this.value(indent);
      if (this.indent !== indent) break;
    }
    this.expect(this.indent < indent);
    this.depth--;
    return object;
  }

  private value(mappingIndent: number): unknown {
    if (!this.isLineEnd()) return this.scalar(mappingIndent);
    this.endLine();
    // The items of a list may stand right below its key.
    return this.indent > mappingIndent || (this.indent === mappingIndent && this.isItem()) ? this.block() : null;
  }

  private key(): string {
    const key = this.keyHere();
    if (key === undefined) throw NOT_PLAIN;
    return key;
  }

  /** The key that stands here, read with its colon; undefined where none does. */
  private keyHere(): string | undefined {
    const { text, at: start } = this;
    const first = text.charCodeAt(start);
    if (first === SINGLE_QUOTE || first === DOUBLE_QUOTE) return this.quotedKey(first);
    if (INDICATORS.has(first)) return undefined;
    let at = start;
    let hash = 0;
    for (let code = first; code !== COLON || !isBlank(text.charCodeAt(at + 1)); code = text.charCodeAt(++at)) {
      if (!isPrintable(code) || (code === HASH && text.charCodeAt(at - 1) === SPACE)) return undefined;
      hash = (hash * 31 + code) % SLOTS;
    }
    this.at = at + 1;
    const known = KEYS[hash]!;
    if (known.length === at - start && text.startsWith(known, start)) return known;
    const key = text.slice(start, at);
    // A key that is no text is made one in ways of its own; others mean something to YAML or to JavaScript.
    this.expect(resolveScalar(key) === key && key !== '<<' && key !== '__proto__' && text.charCodeAt(at - 1) !== SPACE);
    this.expect(first !== DOT || start !== this.lineStart);
    KEYS[hash] = key;
    return key;
  }

  private quotedKey(quote: number): string | undefined {
    const key = this.quoted(quote);
    if (this.text.charCodeAt(this.at) !== COLON || !isBlank(this.text.charCodeAt(this.at + 1))) return undefined;
    this.at++;
    this.expect(key !== '__proto__');
    return key;
  }

  /** A value that starts on this line and belongs to what is indented by so much. */
  private scalar(parentIndent: number): unknown {
    const value = this.scalarHere(parentIndent);
    // A text without quotes would go on there; everything else must not.
    this.expect(this.indent <= parentIndent);
    return value;
  }

  private scalarHere(parentIndent: number): unknown {
    const first = this.text.charCodeAt(this.at);
    const next = this.text.charCodeAt(this.at + 1);
    if (!INDICATORS.has(first) || (first === DASH && !isBlank(next))) return this.unquoted();
    if (first === LITERAL || first === FOLDED) return this.blockText(first, parentIndent);
    if (first === SINGLE_QUOTE || first === DOUBLE_QUOTE) {
      const text = this.quoted(first);
      this.endLine();
      return text;
    }
    const empty = this.text.slice(this.at, this.at + 2);
    this.expect(empty === '{}' || empty === '[]');
    this.at += 2;
    this.endLine();
    return empty === '{}' ? {} : [];
  }

  private unquoted(): unknown {
    const { text, at: start } = this;
    let at = start;
    let hash = 0;
    for (let code = text.charCodeAt(at); isPrintable(code); code = text.charCodeAt(++at)) {
      if (code === COLON && isBlank(text.charCodeAt(at + 1))) throw NOT_PLAIN;
      if (code === HASH && text.charCodeAt(at - 1) === SPACE) break;
      hash = (hash * 31 + code) % SLOTS;
    }
    this.at = at;
    this.endLine();
    const known = TEXTS[hash]!;
    if (known.length === at - start && text.startsWith(known, start)) return VALUES[hash];
    let end = at;
    while (text.charCodeAt(end - 1) === SPACE) end--;
    const written = text.slice(start, end);
    const value = resolveScalar(written);
    if (end === at && end - start <= LONGEST_KEPT) {
      TEXTS[hash] = written;
      VALUES[hash] = value;
    }
    return value;
  }

  private quoted(quote: number): string {
    const { text } = this;
    const start = ++this.at;
    for (let code = text.charCodeAt(start); code !== quote; code = text.charCodeAt(++this.at)) {
      if (!isPrintable(code) || (code === BACKSLASH && quote === DOUBLE_QUOTE)) throw NOT_PLAIN;
    }
    this.at++;
    // Two of them stand for one.
    this.expect(text.charCodeAt(this.at) !== quote);
    return text.slice(start, this.at - 1);
  }

  /** The lines below `|` or `>`, with a `-` behind it or without. */
  private blockText(style: number, parentIndent: number): string {
    const { text } = this;
    const strip = text.charCodeAt(++this.at) === DASH;
    if (strip) this.at++;
    this.expect(text.charCodeAt(this.at++) === LINE_FEED);
    const lines: string[] = [];
    let indent = 0;
    for (let start = this.at; start < this.end; start = this.at) {
      this.skipSpaces();
      const blank = text.charCodeAt(this.at) === LINE_FEED;
      if (lines.length === 0) indent = this.at - start;
      // Blank lines fold in ways of their own, and so do lines that are indented more.
      this.expect(this.at - start <= indent || (style === LITERAL && !blank));
      this.expect(style === LITERAL || !blank);
      if (!blank && this.at - start < indent) {
        this.at = start;
        break;
      }
      lines.push(this.restOfLine(Math.min(start + indent, this.at)));
    }
    this.expect(indent > parentIndent && lines[0] !== '');
    this.startLine();
    while (lines.at(-1) === '') lines.pop();
    return `${lines.join(style === LITERAL ? '\n' : ' ')}${strip ? '' : '\n'}`;
  }

  private restOfLine(start: number): string {
    while (isPrintable(this.text.charCodeAt(this.at))) this.at++;
    const line = this.text.slice(start, this.at);
    this.expect(this.at >= this.end || this.text.charCodeAt(this.at) === LINE_FEED);
    this.at++;
    return line;
  }

  private isItem(): boolean {
    return this.text.charCodeAt(this.at) === DASH && isBlank(this.text.charCodeAt(this.at + 1));
  }

  /** Whether nothing but a comment is left of the line. */
  private isLineEnd(): boolean {
    const code = this.text.charCodeAt(this.at);
    return code === LINE_FEED || this.at >= this.end || (code === HASH && this.text.charCodeAt(this.at - 1) === SPACE);
  }

  private skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === SPACE) this.at++;
  }

  private skipComment(): void {
    if (this.text.charCodeAt(this.at) !== HASH) return;
    while (isPrintable(this.text.charCodeAt(this.at))) this.at++;
  }

  /** Goes on to the next line that has something on it. */
  private endLine(): void {
    this.skipSpaces();
    this.expect(this.isLineEnd());
    this.skipComment();
    if (this.at < this.end) this.expect(this.text.charCodeAt(this.at++) === LINE_FEED);
    this.startLine();
  }

  private startLine(): void {
    for (; this.at < this.end; this.at++) {
      this.lineStart = this.at;
      this.skipSpaces();
      this.indent = this.at - this.lineStart;
      this.skipComment();
      if (this.at < this.end && this.text.charCodeAt(this.at) !== LINE_FEED) return;
    }
    this.indent = END;
  }

  private expect(condition: boolean): void {
    if (!condition) throw NOT_PLAIN;
  }
}

/** Whether a text without quotes ends here, if a colon comes before; there is no code behind the end. */
function isBlank(code: number): boolean {
  return code === SPACE || code === LINE_FEED || Number.isNaN(code);
}

/** What every reader of YAML takes as it is; control characters and halves of pairs are looked at more closely. */
function isPrintable(code: number): boolean {
  return (code >= SPACE && code < 0x7F) || (code >= 0xA0 && code < 0xD800);
}
