import { everythingIn, type Spot } from './fields';
import type { PolicyRule } from './policy-rule';
import { variablesIn } from '../../values/kyverno-variables';

/** A variable, `{{ expression }}`, somewhere in a rule. */
export interface Variable {
  readonly expression: string;
  readonly pointer: string;
}

/** The texts and names of fields with `{{` in a rule, but for match and exclude, which may have no variables. */
export function templatesOf({ fields, pointer }: PolicyRule): Spot[] {
  const { match: _match, exclude: _exclude, ...rest } = fields;
  return [...everythingIn(rest, pointer)].filter(({ key, value }) => key.includes('{{') || (typeof value === 'string' && value.includes('{{')));
}

/** The variables below a value, in its texts and the names of its fields. */
export function* variablesBelow(value: unknown, pointer: string): Generator<Variable> {
  for (const spot of everythingIn(value, pointer)) yield* variablesAt(spot);
}

export function* variablesAt({ key, value, pointer }: Spot): Generator<Variable> {
  if (key.includes('{{')) yield* expressions(key, pointer);
  if (typeof value === 'string' && value.includes('{{')) yield* expressions(value, pointer);
}

/** Whether there is a variable in a value. */
export function hasVariableBelow(value: unknown): boolean {
  return variablesBelow([value], '').next().done === false;
}

function* expressions(text: string, pointer: string): Generator<Variable> {
  for (const expression of variablesIn(text)) yield { expression, pointer };
}
