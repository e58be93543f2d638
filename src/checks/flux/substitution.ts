import { isFluxGroup } from './kinds';
import type { Located } from '../finding';
import { step } from '../kubernetes/text';
import { asObject } from '../read';

/** A place that Flux's substitution of variables would change. */
export interface Mark {
  readonly pointer: string;
  readonly text: string;
}

const SWITCH = 'kustomize.toolkit.fluxcd.io/substitute';

/** Objects nest no deeper than this; what does is no object of a cluster. */
const DEEPEST = 64;

/** Objects and lists that are looked at more than once, if aliases lead there. */
const MOST_VALUES = 100_000;

/** Whether Flux may substitute in an object: everywhere but where it is told not to, and in its own kinds, where a variable is meant. */
export function isSubstituted({ object }: Located): boolean {
  const metadata = asObject(object.metadata);
  return asObject(metadata?.labels)?.[SWITCH] !== 'disabled'
    && asObject(metadata?.annotations)?.[SWITCH] !== 'disabled'
    && !isFluxGroup(object.apiVersion);
}

/** The first place in an object that holds `${` for something that is no known variable, or a `$$`. */
export function marksOf(located: Located, isKnown: (name: string) => boolean): Mark[] {
  if (!mayHoldDollar(located.object)) return [];
  // A stack of its own, so that depth costs no frames; what was seen once, by an alias, is not walked again.
  const seen = new Set<unknown>();
  const open: { value: unknown; path: readonly string[] }[] = [{ value: located.object, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') {
      const text = value.includes('$') ? markIn(value, isKnown) : undefined;
      if (text) return [{ pointer: path.map(key => `/${step(key)}`).join(''), text }];
    } else if (typeof value === 'object' && value !== null && !seen.has(value) && path.length < DEEPEST) {
      seen.add(value);
      for (const [key, part] of Object.entries(value).reverse()) open.push({ value: part, path: [...path, key] });
    }
  }
  return [];
}

/** Nearly no object has one, and to say where it is takes longer. Where aliases make an object too large to see, it may. */
function mayHoldDollar(object: object): boolean {
  return holdsDollar(object, 0, { left: MOST_VALUES });
}

function holdsDollar(value: unknown, depth: number, values: { left: number }): boolean {
  if (typeof value === 'string') return value.includes('$');
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return false;
  if (values.left-- === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (holdsDollar(item, depth + 1, values)) return true;
    return false;
  }
  for (const key in value) if (holdsDollar((value as Record<string, unknown>)[key], depth + 1, values)) return true;
  return false;
}

function markIn(text: string, isKnown: (name: string) => boolean): string | undefined {
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
    const next = text[at + 1];
    if (next === '$') {
      // `$${` is how a plain `${` is written.
      if (text[at + 2] !== '{') return '$$';
      at += 2;
    } else if (next === '{') {
      const end = text.indexOf('}', at);
      const inside = end < 0 ? text.slice(at + 2) : text.slice(at + 2, end);
      const name = /^\w*/.exec(inside)?.[0] ?? '';
      const rest = inside.slice(name.length);
      // With a default, or an operation on the value, the variable is meant as one.
      const isMeant = name !== '' && /^[A-Za-z_]/.test(name) && rest !== '' && /^[:=#%/^,@-]/.test(rest);
      if (!isMeant && !(rest === '' && isKnown(name))) return text.slice(at, end < 0 ? at + 20 : Math.min(end + 1, at + 40));
    }
  }
  return undefined;
}
