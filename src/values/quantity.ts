import { Problem, problem } from './problem';

/**
 * An exact amount of a resource.
 * Kubernetes keeps nothing finer than a billionth, so a whole number of billionths says all.
 */
export interface Quantity {
  readonly nanos: bigint;
}

/** Of each unit, how many billionths it is. */
const UNITS: Record<string, bigint> = {
  'E': 10n ** 27n,
  'P': 10n ** 24n,
  'T': 10n ** 21n,
  'G': 10n ** 18n,
  'M': 10n ** 15n,
  'k': 10n ** 12n,
  '': 10n ** 9n,
  'm': 10n ** 6n,
  'u': 10n ** 3n,
  'n': 1n,
  'Ei': 1024n ** 6n * 10n ** 9n,
  'Pi': 1024n ** 5n * 10n ** 9n,
  'Ti': 1024n ** 4n * 10n ** 9n,
  'Gi': 1024n ** 3n * 10n ** 9n,
  'Mi': 1024n ** 2n * 10n ** 9n,
  'Ki': 1024n * 10n ** 9n,
};

const SYNTAX = /^([+-]?)(\d+)?(?:\.(\d*))?(?:[eE]([+-]?\d{1,2})|([EPTGMkmun]|[EPTGMK]i)?)$/;

/**
 * Reads `500m`, `1.5Gi`, `2e3` or a number. What is finer than a billionth is rounded away from zero, as Kubernetes does.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(value: string | number): Quantity | undefined {
  const match = SYNTAX.exec(String(value));
  const [, sign = '', whole = '', fraction = '', exponent = '0', suffix = ''] = match ?? [];
  const unit = UNITS[suffix];
  if (!match || whole + fraction === '' || unit === undefined) {
    return undefined;
  }
  const scale = Number(exponent) - fraction.length;
  const amount = BigInt(whole + fraction) * unit;
  const nanos = scale >= 0 ? amount * 10n ** BigInt(scale) : divideUp(amount, 10n ** BigInt(-scale));
  return { nanos: sign === '-' ? -nanos : nanos };
}

export function quantityProblem(value: string | number): Problem | undefined {
  if ((typeof value === 'string' || typeof value === 'number') && parseQuantity(value)) {
    return undefined;
  }
  const corrected = typeof value === 'string' ? corrections(value).find(parseQuantity) : undefined;
  return problem(
    value,
    'a number with or without one of the suffixes n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei',
    corrected === undefined ? 'Write it like 500m, 2 or 1.5Gi.' : `Write '${corrected}'.`,
  );
}

/** What people write: `1 GB`, `512mb`, `1gi`, `4K`, `1,5Gi`. */
function corrections(text: string): string[] {
  const plain = text.replace(/\s/g, '').replace(',', '.');
  const [, amount = '', suffix = ''] = /^([^a-zA-Z]*)(.*)$/.exec(plain) ?? [];
  const binary = /^([kmgtpe])(?:ib?|b)?$/i.exec(suffix)?.[1];
  return [plain, ...(binary ? [`${amount}${binary.toUpperCase()}i`] : [])];
}

export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  if (a.nanos === b.nanos) {
    return 0;
  }
  return a.nanos < b.nanos ? -1 : 1;
}

export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nanos: a.nanos + b.nanos };
}

/** The shortest text that is exact. */
export function quantityToString({ nanos }: Quantity): string {
  if (nanos === 0n) {
    return '0';
  }
  const texts = Object.entries(UNITS)
    .filter(([, unit]) => nanos % unit === 0n)
    .map(([suffix, unit]) => `${nanos / unit}${suffix}`);
  return texts.reduce((shortest, text) => (text.length < shortest.length ? text : shortest));
}

/** Figures by resource, as the API server stores them. */
export function canonicalAmounts(amounts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).map(([resource, amount]) => [resource, canonicalQuantity(amount)]));
}

/** Units that the API server steps through: from the largest that leaves a whole number. */
const DECIMAL = ['E', 'P', 'T', 'G', 'M', 'k', '', 'm', 'u', 'n'];
const BINARY = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki', ''];
const EXPONENTS: Record<string, string> = { E: 'e18', P: 'e15', T: 'e12', G: 'e9', M: 'e6', k: 'e3', m: 'e-3', u: 'e-6', n: 'e-9' };

/**
 * A quantity as the API server stores it: in the notation that it was given in, without a fraction, and with the largest unit. Whoever
 * compares what is written with what is there takes any other text for a difference.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(text: string): string {
  const nanos = parseQuantity(text)?.nanos;
  if (nanos === undefined) return text;
  if (nanos === 0n) return '0';
  const isWhole = nanos % UNITS['']! === 0n;
  const isSmall = (nanos < 0n ? -nanos : nanos) < UNITS.Ki!;
  const units = text.endsWith('i') && isWhole && !isSmall ? BINARY : DECIMAL;
  const unit = units.find(suffix => nanos % UNITS[suffix]! === 0n)!;
  return `${nanos / UNITS[unit]!}${/[eE][+-]?\d/.test(text) ? EXPONENTS[unit] ?? '' : unit}`;
}

function divideUp(amount: bigint, divisor: bigint): bigint {
  return (amount + divisor - 1n) / divisor;
}
