import { jmesPathProblem } from './jmespath';
import type { Problem } from './problem';

/** `{{ expression }}`, unless a backslash stands before it; the expression may hold JMESPath's own braces. */
const VARIABLE = /(?<!\\)\{\{-?((?:\{[^{}]*\}|[^{}])*)\}\}/g;

/** The expressions of all variables in a value, in its strings and keys, at any depth. */
export function variablesIn(value: unknown): string[] {
  return stringsIn(value).flatMap(text => (text.includes('{{') ? [...text.matchAll(VARIABLE)].map(match => (match[1] ?? '').trim()) : []));
}

export function hasVariable(value: unknown): boolean {
  return variablesIn(value).length > 0;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => [key, ...stringsIn(item)]);
  }
  return [];
}

/**
 * What is wrong with an expression of a variable. With a reference of Kyverno's or a template's in it, nobody knows yet what it says.
 */
export function expressionProblem(expression: string): Problem | undefined {
  return expression.includes('$(') || expression.includes('${') ? undefined : jmesPathProblem(expression);
}
