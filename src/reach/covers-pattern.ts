import { remember } from './remember';
import { re2Matcher, re2Problem } from '../values/re2';

/** One character of a pattern that stands for itself and is there once. */
const CHARACTER = String.raw`(?:\\[^\w\s]|[^\\.+*?()|[\]{}^$])(?![?*+{])`;
const LITERAL = new RegExp(`^(?:${CHARACTER})*$`);
const HEAD = new RegExp(`^(?:${CHARACTER})*`);

/**
 * Whether whatever matches one pattern matches another too; both have to match whole texts. Decided for texts, for what begins with a
 * text, and for several of these, as paths and methods are written; of others, only for those that are the same.
 */
export function coversPattern(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  const { matches, beginnings } = remember(readings, wide, read);
  return remember(readings, narrow, read).parts
    .every(({ text, start }) => (text !== undefined && matches(text)) || beginnings.some(beginning => start.startsWith(beginning)));
}

/** What is known of a pattern. The same few are compared again and again. */
interface Reading {
  readonly parts: readonly { readonly text?: string; readonly start: string }[];
  /** Whatever begins with one of these matches. */
  readonly beginnings: readonly string[];
  matches(text: string): boolean;
}

const readings = new Map<string, Reading>();

function read(pattern: string): Reading {
  const parts = alternatives(pattern);
  return {
    parts: parts.map(part => ({ text: literal(part), start: startOf(part) })),
    beginnings: re2Problem(pattern) ? [] : parts.filter(part => part.endsWith('.*')).flatMap(part => literal(part.slice(0, -2)) ?? []),
    matches: re2Matcher(pattern),
  };
}

/** Patterns that together are the same. */
function alternatives(pattern: string): string[] {
  const [, before, more] = /^(.*[^\\])\(([^()|]*)\)\?$/.exec(pattern) ?? [];
  if (before !== undefined) return [...alternatives(before), ...alternatives(`${before}${more}`)];
  // The end of a path segment, as `HttpPath.prefix` writes it.
  const segment = /^(.*[^\\])\[\/\?\]\.\*$/.exec(pattern)?.[1];
  if (segment !== undefined) return [`${segment}/.*`, `${segment}\\?.*`];
  // In a group, a class or behind a backslash the bar may be something else.
  const parts = /[()[\]\\]/.test(pattern) ? [pattern] : pattern.split('|');
  return parts.map(part => part.replace(/^\^/, '').replace(/([^\\])\$$/, '$1'));
}

function literal(pattern: string): string | undefined {
  return LITERAL.test(pattern) ? unescaped(pattern) : undefined;
}

/** What everything that matches begins with. */
function startOf(pattern: string): string {
  return pattern.includes('|') ? '' : unescaped(HEAD.exec(pattern)?.[0] ?? '');
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
