import { printLines, printNumber, printText } from './print-scalar';

const FIRST = ['apiVersion', 'kind', 'metadata'];

/** Implicit keys may have 1024 characters in all. */
const LONGEST_KEY = 1000;

/** Most texts of a tree are said again and again: labels, kinds, keys. */
const MAX_KNOWN = 20_000;
const known = new Map<string, string>();

/**
 * Plain data as one YAML document, which YAML 1.1, YAML 1.2 and kubectl read alike. Keys are sorted, but for `apiVersion`, `kind` and
 * `metadata` of the document itself, which come first: the same data gives the same bytes, however it was put together.
 *
 * js-yaml's `dump` writes for one version of YAML at a time, and takes several times as long.
 *
 * @throws TypeError for anything that is not JSON
 */
export function printYaml(document: unknown): string {
  if (!isNested(document)) return `${scalar(document, '')}\n`;
  const body = Array.isArray(document) ? sequence(document, '\n') : mapping(document, '\n', topKeys(document));
  return `${body.slice(1)}\n`;
}

/** The entries, each with the line break and indentation before it. */
function mapping(value: object, indent: string, keys = sortedKeys(value)): string {
  let text = '';
  for (const key of keys) {
    const entry = (value as Record<string, unknown>)[key];
    if (entry === undefined) continue;
    const name = textOf(key);
    const start = name.length > LONGEST_KEY ? `? ${name}${indent}:` : `${name}:`;
    text += indent + start + (isNested(entry) ? nested(entry, `${indent}  `) : ` ${scalar(entry, indent)}`);
  }
  return text;
}

function nested(value: object, indent: string): string {
  return Array.isArray(value) ? sequence(value, indent) : mapping(value, indent);
}

function sequence(values: readonly unknown[], indent: string): string {
  let text = '';
  for (const value of values) {
    // An item that is a mapping or sequence begins on the line of its dash.
    text += `${indent}- ${isNested(value) ? nested(value, `${indent}  `).slice(indent.length + 2) : scalar(value, indent)}`;
  }
  return text;
}

function scalar(value: unknown, indent: string): string {
  if (typeof value === 'string') return value.includes('\n') ? longText(value, indent) : textOf(value);
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'object') return Array.isArray(value) ? '[]' : '{}';
  throw new TypeError(`a ${typeof value}, which JSON does not have`);
}

function longText(text: string, indent: string): string {
  const lines = printLines(text);
  return lines?.map((line, index) => (index === 0 || line === '' ? line : `${indent.slice(1)}  ${line}`)).join('\n') ?? printText(text);
}

/** Whether a value is a mapping or sequence with something in it: what takes lines of its own. */
function isNested(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`a ${value.constructor.name}, which JSON does not have`);
  for (const key in value) if ((value as Record<string, unknown>)[key] !== undefined) return true;
  return false;
}

function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let index = 1; index < keys.length; index++) if (keys[index - 1]! > keys[index]!) return keys.sort();
  return keys;
}

function topKeys(value: object): string[] {
  return [...FIRST.filter(key => Object.hasOwn(value, key)), ...sortedKeys(value).filter(key => !FIRST.includes(key))];
}

function textOf(text: string): string {
  let printed = known.get(text);
  if (printed === undefined) {
    printed = printText(text);
    if (text.length <= 64 && known.size < MAX_KNOWN) known.set(text, printed);
  }
  return printed;
}
