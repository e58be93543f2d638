import { refuse } from './guardrails-error';
import { Problem, problem } from './problem';
import { remembered } from './remembered';

export interface Minor {
  readonly major: number;
  readonly minor: number;
}

const VERSION = /^v?(\d{1,6})\.(\d{1,6})(\.\d+)?([-+][0-9A-Za-z.+-]*)?$/;

/** The major and minor number of `1.18`, `v1.18` or `1.18.2`. */
export function parseMinor(text: string): Minor | undefined {
  const match = typeof text === 'string' ? VERSION.exec(text) : null;
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

export function minorProblem(text: string): Problem | undefined {
  return parseMinor(text) ? undefined : malformed(text);
}

/** Negative when `a` is the older minor, zero when they are the same; throws on what `minorProblem` refuses. */
export function compareMinor(a: string, b: string): number {
  const left = minorOf(a);
  const right = minorOf(b);
  return left.major - right.major || left.minor - right.minor;
}

const minorOf = remembered(text => parseMinor(text) ?? refuse('compareMinor', 'version', malformed(text)), 1000);

function malformed(text: string): Problem {
  // An unquoted 1.20 is the number 1.2 in YAML and in JavaScript.
  const mend = typeof text === 'number' ? 'Quote the version, or 1.20 becomes 1.2.' : 'Write it like \'1.18\'.';
  return problem(text, 'a version of major and minor number, such as \'1.18\' or \'1.18.2\'', mend);
}
