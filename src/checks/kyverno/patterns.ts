import { below, type Fields } from './fields';
import type { PolicyRule } from './policy-rule';
import { asList } from '../read';

/** A pattern that an object is compared with. */
export interface Pattern {
  readonly value: unknown;
  readonly pointer: string;
  /** Whether an element of a list is compared rather than the object. */
  readonly ofElement: boolean;
}

export function patternsOf(rule: PolicyRule): Pattern[] {
  return [
    ...patternsIn(rule.validate, rule.at('validate'), false),
    ...rule.foreach.filter(({ of }) => of === 'validate').flatMap(({ fields, pointer }) => patternsIn(fields, pointer, true)),
  ];
}

function patternsIn({ pattern, anyPattern }: Fields, pointer: string, ofElement: boolean): Pattern[] {
  return [
    ...(pattern === undefined ? [] : [{ value: pattern, pointer: below(pointer, 'pattern'), ofElement }]),
    ...asList(anyPattern).map((value, index) => ({ value, pointer: below(pointer, 'anyPattern', index), ofElement })),
  ];
}
