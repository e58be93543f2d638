import { Problem, problem } from './problem';

/** Milliseconds of each unit of Go's durations; both letters of the micro sign are in use. */
const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

const PART = '(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h)';
const SYNTAX = new RegExp(`^[+-]?(?:0|(?:${PART})+)$`);
const PARTS = new RegExp(PART, 'g');

/** Go counts nanoseconds in 64 bits. */
const LONGEST = 2 ** 63 / 1e6;

/**
 * A Go duration, such as `1h30m` or `500ms`, in milliseconds.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseDuration(text: string): number | undefined {
  if (typeof text !== 'string' || !SYNTAX.test(text)) {
    return undefined;
  }
  const sum = (text.match(PARTS) ?? []).reduce((total, part) => total + parseFloat(part) * unitOf(part), 0);
  // Decimal fractions of a unit are not exact in binary; whole nanoseconds are all there is.
  const milliseconds = Math.round(sum * 1e6) / 1e6;
  if (milliseconds >= LONGEST) {
    return undefined;
  }
  return text.startsWith('-') && milliseconds > 0 ? -milliseconds : milliseconds;
}

export function durationProblem(text: string): Problem | undefined {
  return parseDuration(text) === undefined
    ? problem(text, 'a duration of numbers with the units h, m, s, ms, us and ns, such as 1h30m, up to 292 years', mend(text))
    : undefined;
}

function unitOf(part: string): number {
  return UNITS[part.replace(/[\d.]/g, '')] ?? NaN;
}

function mend(text: string): string {
  const [, amount, word = ''] = /^\s*(\d+)\s*([a-z]*)\s*$/i.exec(String(text)) ?? [];
  if (amount === undefined) {
    return 'Write it like 10m.';
  }
  if (word === '') {
    return `Say the unit: '${amount}s' for seconds, '${amount}m' for minutes.`;
  }
  if (/^d(ays?)?$/i.test(word)) {
    return `Write '${BigInt(amount) * 24n}h'.`;
  }
  const unit = [/^h(ours?|rs?)?$/i, /^m(in(ute)?s?)?$/i, /^s(ec(ond)?s?)?$/i].findIndex((name) => name.test(word));
  return unit < 0 ? 'Write it like 10m.' : `Write '${amount}${['h', 'm', 's'][unit] ?? ''}'.`;
}
