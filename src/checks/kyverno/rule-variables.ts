import { type Spot, spotsIn } from './fields';
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
  return spotsIn(rest, pointer, isTemplated);
}

/** The variables below a value, in its texts and the names of its fields. */
export function variablesBelow(value: unknown, pointer: string): Variable[] {
  return spotsIn(value, pointer, isTemplated).flatMap(variablesAt);
}

export function variablesAt({ key, value, pointer }: Spot): Variable[] {
  return [...variablesIn(key), ...variablesIn(typeof value === 'string' ? value : '')].map(expression => ({ expression, pointer }));
}

function isTemplated(key: string, value: unknown): boolean {
  return key.includes('{{') || (typeof value === 'string' && value.includes('{{'));
}

/** Whether there is a variable in a value. */
export function hasVariableBelow(value: unknown): boolean {
  return variablesBelow([value], '').length > 0;
}
