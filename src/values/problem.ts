/** What is wrong with a value: a construct makes an error of it, a check a finding. */
export interface Problem {
  /** The value as it was given, printed. */
  readonly given: string;

  /** What would be taken instead. */
  readonly allowed: string;

  /** What to do about it, as a sentence. */
  readonly mend: string;
}

const LONGEST_GIVEN = 80;

export function problem(given: unknown, allowed: string, mend: string): Problem {
  return { given: print(given), allowed, mend };
}

function print(value: unknown): string {
  const text = value === undefined ? 'nothing' : toJson(value);
  return text.length <= LONGEST_GIVEN ? text : `${text.slice(0, LONGEST_GIVEN - 1)}…`;
}

function toJson(value: unknown): string {
  // JSON has no NaN, no infinity and no function, and writes them as null or nothing.
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
    return String(value);
  }
  try {
    return nameOf(value) ?? JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : nameOf(part) ?? part)) ?? 'nothing';
  } catch {
    return Object.prototype.toString.call(value); // a circle
  }
}

/** An instance of a class by its class, and a construct by its path too: what is in it would tell less, and may go round in circles. */
function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { constructor, node } = value as { readonly constructor?: unknown; readonly node?: { readonly path?: unknown } };
  if (typeof constructor !== 'function' || constructor.name === 'Object') return undefined;
  return typeof node?.path === 'string' ? `${constructor.name} ${node.path}` : `a ${constructor.name}`;
}
