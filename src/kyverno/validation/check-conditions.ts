import type { Spot } from './spot';
import { type KyvernoCondition, type KyvernoConditions } from '../conditions';
import { KyvernoOperation } from '../match';

const OPERATIONS: string[] = Object.values(KyvernoOperation);

/** What the webhook asks of preconditions and deny conditions. */
export function checkConditions(spot: Spot, conditions: KyvernoConditions | undefined): void {
  if (!conditions) return;
  for (const list of ['any', 'all'] as const) {
    conditions[list]?.forEach((condition, index) => checkCondition(spot.in(list).in(index), condition));
  }
}

function checkCondition(spot: Spot, condition: KyvernoCondition): void {
  const { key, value } = condition;
  for (const field of ['key', 'value'] as const) {
    if (condition[field] === undefined || condition[field] === null) {
      spot.in(field).refuse('nothing', 'a key, an operator and a value in every condition', 'Add it; for a missing value, compare with \'\' or a list.');
    }
  }
  if (typeof key === 'string' && key.replace(/\s/g, '') === '{{request.operation}}') checkOperations(spot.in('value'), value);
}

function checkOperations(spot: Spot, value: unknown): void {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const wrong = values.find(item => !(typeof item === 'string' && (OPERATIONS.includes(item) || /^\{\{[^{}]*\}\}$/.test(item.trim()))));
  if (wrong !== undefined) spot.refuse(wrong, OPERATIONS.join(', '), 'Write the operation in capitals.');
}
