import { parseDuration } from './duration';
import { Dict, isDict, items, same } from './json';
import { parseQuantity } from './quantity';
import { isRange, Operator, ordered, scalarMatches } from './scalar';
import { Scope } from './scope';
import { Unsupported } from './unsupported';
import { wildcard } from './wildcard';

type Test = (key: any, value: any) => boolean;

const TESTS: Record<string, Test> = {
  Equal: equals,
  Equals: equals,
  NotEqual: (key, value) => key !== null && !equals(key, value),
  NotEquals: (key, value) => key !== null && !equals(key, value),
  In: (key, value) => key !== null && list(key).every((item) => isIn(item, value)),
  AllIn: (key, value) => key !== null && list(key).every((item) => isIn(item, value)),
  AnyIn: (key, value) => key !== null && list(key).some((item) => isIn(item, value)),
  AnyNotIn: (key, value) => key !== null && list(key).some((item) => !isIn(item, value)),
  AllNotIn: (key, value) => key !== null && list(key).every((item) => !isIn(item, value)),
  NotIn: (key, value) => key !== null && !isIn(scalarKey(key), value),
  GreaterThan: (key, value) => compares(key, value, '>'),
  GreaterThanOrEquals: (key, value) => compares(key, value, '>='),
  LessThan: (key, value) => compares(key, value, '<'),
  LessThanOrEquals: (key, value) => compares(key, value, '<='),
};

/**
 * Whether preconditions or deny conditions hold: `any` is an OR, `all` an AND, both together an AND, a bare list an AND, nothing is true.
 * Throws QueryError for a variable that does not resolve.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/preconditions/
 */
export function conditionsHold(conditions: unknown, scope: Scope): boolean {
  if (Array.isArray(conditions)) {
    return conditions.every((condition) => holds(condition, scope));
  }
  // A misspelt `any` or `all` leaves no conditions at all, and no conditions are true.
  const { any, all } = isDict(conditions) ? conditions : {} as Dict;
  return (items(any).length === 0 || items(any).some((condition) => holds(condition, scope)))
    && items(all).every((condition) => holds(condition, scope));
}

function holds(condition: Dict, scope: Scope): boolean {
  const test = TESTS[condition.operator];
  if (!test) {
    throw new Unsupported(`the condition operator '${condition.operator}'`);
  }
  return test(scope.substitute(condition.key), scope.substitute(condition.value));
}

/** The key decides how it is compared; a null key equals nothing, not even null. */
function equals(key: any, value: any): boolean {
  if (typeof key === 'number') {
    return value === key || (typeof value === 'string' && value.trim() !== '' && Number(value) === key);
  }
  if (typeof key !== 'string') {
    return key !== null && same(key, value);
  }
  const durations = asDurations(key, value);
  if (durations) {
    return durations[0] === durations[1];
  }
  if (typeof value !== 'string') {
    return false;
  }
  const quantity = parseQuantity(key);
  return quantity === undefined ? wildcard(value, key) : quantity === parseQuantity(value);
}

function list(key: unknown): string[] {
  return (Array.isArray(key) ? key : [key]).map(text);
}

function scalarKey(key: unknown): string {
  if (Array.isArray(key)) {
    throw new Unsupported('the deprecated operator NotIn with a list as key; AnyNotIn and AllNotIn say which is meant');
  }
  return text(key);
}

function text(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Wildcards count on both sides. */
function isIn(key: string, value: unknown): boolean {
  if (typeof value === 'string' && isRange(value)) {
    return scalarMatches(key, value);
  }
  return candidates(value).some((candidate) => wildcard(candidate, key) || wildcard(key, candidate));
}

function candidates(value: unknown): string[] {
  if (typeof value !== 'string') {
    return list(value);
  }
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? list(parsed) : [value];
  } catch {
    return [value];
  }
}

function compares(key: any, value: any, operator: Operator): boolean {
  const durations = asDurations(key, value);
  if (durations) {
    return ordered(durations[0], durations[1], operator);
  }
  if (typeof key === 'string' && typeof value === 'string') {
    const [left, right] = [parseQuantity(key), parseQuantity(value)];
    if (left !== undefined && right !== undefined) {
      return ordered(left, right, operator);
    }
    if (/^\d+\.\d+\.\d+/.test(key)) {
      throw new Unsupported(`comparing the versions '${key}' and '${value}'`);
    }
  }
  const [left, right] = [asNumber(key), asNumber(value)];
  return left !== undefined && right !== undefined && ordered(left, right, operator);
}

/** Both sides in seconds, if at least one is a duration other than `0`; a bare number counts as seconds. */
function asDurations(key: unknown, value: unknown): [number, number] | undefined {
  const [left, right] = [key, value].map((side) => (typeof side === 'string' && side !== '0' ? parseDuration(side) : undefined));
  if (left === undefined && right === undefined) {
    return undefined;
  }
  const [from, to] = [left ?? key, right ?? value];
  return typeof from === 'number' && typeof to === 'number' ? [from, to] : undefined;
}

function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}
