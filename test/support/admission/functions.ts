import { isDict, same } from './json';
import { Unsupported } from './unsupported';

/** A function of the query language. It returns undefined for arguments that it does not take. */
type QueryFunction = (args: any[]) => unknown;

const FUNCTIONS: Record<string, QueryFunction> = {
  length: ([value]) => (isDict(value) ? Object.keys(value).length : sized(value) ? value.length : undefined),
  keys: ([value]) => (isDict(value) ? Object.keys(value).sort() : undefined),
  contains: ([whole, part]) => (Array.isArray(whole) ? whole.some((item) => same(item, part)) : texts(whole, part)?.[0]?.includes(part)),
  starts_with: ([text, prefix]) => texts(text, prefix)?.[0]?.startsWith(prefix),
  ends_with: ([text, suffix]) => texts(text, suffix)?.[0]?.endsWith(suffix),
  join: ([glue, list]) => (Array.isArray(list) && texts(glue, ...list) ? list.join(glue) : undefined),
  split: ([text, separator]) => texts(text, separator)?.[0]?.split(separator),
  to_lower: ([text]) => texts(text)?.[0]?.toLowerCase(),
  to_upper: ([text]) => texts(text)?.[0]?.toUpperCase(),
  to_string: ([value]) => (typeof value === 'string' ? value : JSON.stringify(value)),
  not_null: (values) => values.find((value) => value !== null) ?? null,
};

export function queryFunction(name: string, expression: string): QueryFunction {
  const found = FUNCTIONS[name];
  if (!found) {
    throw new Unsupported(`the function ${name}() in the query '${expression}'`);
  }
  return found;
}

function sized(value: unknown): value is string | unknown[] {
  return typeof value === 'string' || Array.isArray(value);
}

function texts(...values: unknown[]): string[] | undefined {
  return values.every((value) => typeof value === 'string') ? values as string[] : undefined;
}
