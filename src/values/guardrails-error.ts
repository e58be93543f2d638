import { Problem } from './problem';

/** A value that a construct or a factory does not take. */
export class GuardrailsError extends Error {
  /** The construct path or the factory that was called. */
  readonly where: string;

  /** The property or argument. */
  readonly what: string;

  readonly problem: Problem;

  constructor(where: string, what: string, problem: Problem) {
    super(`${where}: ${what}: given ${problem.given}; allowed: ${sentence(problem.allowed)} ${sentence(problem.mend)}`);
    this.name = 'GuardrailsError';
    this.where = where;
    this.what = what;
    this.problem = problem;
    // The message says it all: kept out of what Node prints below the stack of an uncaught error.
    for (const field of ['name', 'where', 'what', 'problem']) Object.defineProperty(this, field, { enumerable: false });
  }
}

export function refuse(where: string, what: string, problem: Problem): never {
  throw new GuardrailsError(where, what, problem);
}

/** Refuses when there is a problem. */
export function insist(where: string, what: string, problem: Problem | undefined): void {
  if (problem) {
    refuse(where, what, problem);
  }
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
