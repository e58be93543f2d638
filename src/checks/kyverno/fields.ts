/** An object of which nothing is known but that it has fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** Deeper than this nobody writes a policy, and a hostile one must not end the check. */
const DEEPEST = 100;

/** A value somewhere in an object, with the way to it. */
export interface Spot {
  /** The field that holds it; the index in a list. */
  readonly key: string;
  readonly value: unknown;
  readonly pointer: string;
}

/** The pointer of a field of the value at a JSON pointer. */
export function below(pointer: string, ...keys: (string | number)[]): string {
  let at = pointer;
  for (const key of keys) at += `/${escaped(String(key))}`;
  return at;
}

function escaped(key: string): string {
  return key.includes('/') || key.includes('~') ? key.replace(/~/g, '~0').replace(/\//g, '~1') : key;
}

/** What is wanted of everything below a value, outermost first. A pointer is made for that only: most walks find nothing. */
export function spotsIn(value: unknown, pointer: string, isWanted: (key: string, value: unknown) => boolean): Spot[] {
  const spots: Spot[] = [];
  const path: string[] = [];
  const walk = (parent: unknown) => {
    if (typeof parent !== 'object' || parent === null || path.length > DEEPEST) return;
    for (const key of Object.keys(parent)) {
      const item = (parent as Fields)[key];
      path.push(key);
      if (isWanted(key, item)) spots.push({ key, value: item, pointer: below(pointer, ...path) });
      walk(item);
      path.pop();
    }
  };
  walk(value);
  return spots;
}

/** Whether a field says something: Kyverno takes an empty list for none. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** Whether a text is made by a template, so that nobody knows yet what it says. */
export function isTemplate(text: unknown): boolean {
  return typeof text === 'string' && (text.includes('{{') || text.includes('${'));
}

/** The value as JSON; nothing where it is deeper than a policy can be. */
export function jsonOf(value: unknown, replacer?: (key: string, part: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(value, replacer);
  } catch {
    return undefined;
  }
}

/** A value in a line, cut where it is long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : jsonOf(value) ?? 'a value';
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
