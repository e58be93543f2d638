import { insist, refuse } from '../../values/guardrails-error';
import type { Problem } from '../../values/problem';

/** A place in a policy that a check looks at: its errors name the construct, the rule and the field. */
export class Spot {
  constructor(private readonly at: string, private readonly path: string) {}

  /** A field of this one, or an element of this list. */
  in(part: string | number): Spot {
    const step = typeof part === 'number' ? `[${part}]` : `${this.path && '.'}${part}`;
    return new Spot(this.at, `${this.path}${step}`);
  }

  refuse(given: unknown, allowed: string, mend: string): never {
    return refuse(this.at, this.path, { given: typeof given === 'string' ? given : JSON.stringify(given) ?? 'nothing', allowed, mend });
  }

  insist(problem: Problem | undefined): void {
    insist(this.at, this.path, problem);
  }

  /** Exactly one of these fields must be there, and be more than an empty list. */
  one<T extends object>(struct: T, fields: readonly (keyof T & string)[]): void {
    const given = fields.filter(field => isGiven(struct[field]));
    if (given.length === 1) return;
    this.refuse(
      given.length === 0 ? 'none' : given.join(' and '),
      `exactly one of ${fields.join(', ')}`,
      given.length === 0 ? 'Add one of them.' : 'Keep one of them; write a rule or entry of its own for each other.',
    );
  }

  /** A list that says something only when it has elements. */
  filled(list: unknown[] | undefined, of: string): void {
    if (list?.length === 0) this.refuse('an empty list', `at least one ${of}`, 'Name one, or leave the list out.');
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
