import { parseDuration } from './duration';
import { parseQuantity } from './quantity';
import { wildcard } from './wildcard';

export type Operator = '=' | '!' | '<' | '<=' | '>' | '>=';

const ENDPOINT = '([+-]?\\d+(?:\\.\\d+)?[A-Za-z]*)';
const OUTSIDE = new RegExp(`^${ENDPOINT}!-${ENDPOINT}$`);
const INSIDE = new RegExp(`^${ENDPOINT}-${ENDPOINT}$`);

/**
 * Whether a value satisfies the scalar of a validate pattern.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#operators
 */
export function scalarMatches(value: unknown, pattern: string | number | boolean | null): boolean {
  if (pattern === null) {
    return value === null || value === undefined || value === '' || value === 0 || value === false;
  }
  if (typeof pattern === 'boolean') {
    return value === pattern;
  }
  if (typeof pattern === 'number') {
    return numberMatches(value, pattern);
  }
  return value === pattern
    || pattern.split('|').some((either) => either.split('&').every((atom) => atomMatches(value, atom.trim())));
}

/** Whether a text is a numeric range, `5-10` or `1Gi-4Gi`. */
export function isRange(text: string): boolean {
  return INSIDE.test(text);
}

function numberMatches(value: unknown, pattern: number): boolean {
  const numeric = Number.isInteger(pattern) ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
  return value === pattern || (typeof value === 'string' && numeric.test(value) && Number(value) === pattern);
}

function atomMatches(value: unknown, atom: string): boolean {
  const operator = atom.length < 2 ? undefined : (['>=', '<=', '>', '<', '!'] as const).find((op) => atom.startsWith(op));
  if (operator) {
    return compare(value, atom.slice(operator.length).trim(), operator);
  }
  const [, above, below] = OUTSIDE.exec(atom) ?? [];
  if (above !== undefined && below !== undefined) {
    return compare(value, above, '<') || compare(value, below, '>');
  }
  const [, low, high] = INSIDE.exec(atom) ?? [];
  if (low !== undefined && high !== undefined) {
    return compare(value, low, '>=') && compare(value, high, '<=');
  }
  return compare(value, atom, '=');
}

function compare(value: unknown, operand: string, operator: Operator): boolean {
  // A missing value counts as 0 for durations and quantities, so "<=2Gi" passes on an absent field; only the text branch wants it there.
  const text = value === null || value === undefined ? '0' : typeof value === 'number' || typeof value === 'string' ? `${value}` : '';
  for (const parse of [parseDuration, parseQuantity]) {
    const [left, right] = [parse(text), parse(operand)];
    if (left !== undefined && right !== undefined) {
      return ordered(left, right, operator);
    }
  }
  if (!['string', 'number', 'boolean'].includes(typeof value) || (operator !== '=' && operator !== '!')) {
    return false;
  }
  return wildcard(operand, `${value}`) === (operator === '=');
}

/** Compares two amounts of one kind. */
export function ordered<T extends number | bigint>(left: T, right: T, operator: Operator): boolean {
  switch (operator) {
    case '=': return left === right;
    case '!': return left !== right;
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    case '>=': return left >= right;
  }
}
