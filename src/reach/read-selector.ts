import { asList, asObject } from '../checks/read';
import type { SelectorOperator, SelectorRequirement } from '../values/selector';

const OPERATORS: readonly unknown[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** What a label selector requires. What no cluster would take is left out: the checks tell of it. */
export function readRequirements(selector: unknown): SelectorRequirement[] {
  const { matchLabels, matchExpressions } = asObject(selector) ?? {};
  const labels = Object.entries(asObject(matchLabels) ?? {}).map(([key, value]): SelectorRequirement => ({
    key, operator: 'In', values: typeof value === 'string' ? [value] : [],
  }));
  return [...labels, ...asList(matchExpressions).flatMap(readExpression)];
}

function readExpression(entry: unknown): SelectorRequirement[] {
  const { key, operator, values } = asObject(entry) ?? {};
  if (typeof key !== 'string' || !OPERATORS.includes(operator)) return [];
  return [{ key, operator: operator as SelectorOperator, values: asList(values).filter(value => typeof value === 'string') }];
}

/** `app=web, tier in (a, b)`; empty for a selector that requires nothing. */
export function requirementsText(requirements: readonly SelectorRequirement[]): string {
  return requirements.map(({ key, operator, values = [] }) => {
    const one = values.length === 1;
    switch (operator) {
      case 'In': return one ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`;
      case 'NotIn': return one ? `${key}!=${values[0]}` : `${key} not in (${values.join(', ')})`;
      case 'Exists': return key;
      case 'DoesNotExist': return `!${key}`;
    }
  }).join(', ');
}
