import { QueryError } from './jmespath';

/** What a rule made of an object. `error` is a rule that could not be evaluated: Kyverno's fail-closed webhook blocks on it as well. */
export interface Outcome {
  readonly status: 'pass' | 'fail' | 'skip' | 'error';
  readonly why: string;
}

export const PASS: Outcome = { status: 'pass', why: '' };

/** Runs a part of a rule; a query that Kyverno cannot evaluate makes the rule an error. */
export function guarded(run: () => Outcome): Outcome {
  try {
    return run();
  } catch (error) {
    if (error instanceof QueryError) {
      return { status: 'error', why: error.message };
    }
    throw error;
  }
}
