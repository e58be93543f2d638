import { Problem, problem } from './problem';

/** What no compiler has looked at: from plain JavaScript a choice may be any value, or left out where there is no default. */
export function choiceProblem(value: unknown, name: string, choices: Record<string, unknown>): Problem | undefined {
  if (Object.values(choices).includes(value)) return undefined;
  return problem(value, Object.keys(choices).map(key => `${name}.${key}`).join(' or '), 'Name one of them.');
}
