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
    return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
  } catch {
    return Object.prototype.toString.call(value); // constructs refer to their parents: a circle
  }
}
