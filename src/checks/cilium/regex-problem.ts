import type { Problem } from '../../values/problem';
import { re2Problem } from '../../values/re2';
import { isTemplate } from '../kubernetes/text';

/** Literals, and dots that may be repeated: what most paths are made of, and always an expression. */
const PLAIN = /^(?:[-\w/~%:@!,;=&]|\.[*+?]?)*$/;
const MOST_REMEMBERED = 1000;

const remembered = new Map<string, Problem | undefined>();

/** Why the agent would not compile a regular expression. Policies repeat the same few, so each is compiled once. */
export function regexProblem(expression: unknown): Problem | undefined {
  if (typeof expression !== 'string' || PLAIN.test(expression) || isTemplate(expression)) return undefined;
  if (!remembered.has(expression)) {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(expression, re2Problem(expression));
  }
  return remembered.get(expression);
}
