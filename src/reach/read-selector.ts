import { remember } from './remember';
import { unfilledLabels } from './unfilled';
import { isTemplate } from '../checks/kubernetes/text';
import { asList, asObject } from '../checks/read';
import type { SelectorOperator, SelectorRequirement } from '../values/selector';

const OPERATORS: readonly unknown[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/**
 * What a label selector requires. What no cluster would take is left out: the checks tell of it. What is still to be filled in stays as it
 * is written, where a key belongs or a value does; nobody knows whom it means.
 */
export function readRequirements(selector: unknown): SelectorRequirement[] {
  const { matchLabels, matchExpressions } = asObject(selector) ?? {};
  const labels = Object.entries(asObject(matchLabels) ?? {}).map(([key, value]): SelectorRequirement => ({
    key, operator: 'In', values: typeof value === 'string' ? [value] : [],
  }));
  const unfilled = [selector, matchLabels, matchExpressions].flatMap(readTemplate);
  return [...labels, ...asList(matchExpressions).flatMap(readExpression), ...unfilled];
}

function readTemplate(text: unknown): SelectorRequirement[] {
  return typeof text === 'string' && isTemplate(text) ? [{ key: text, operator: 'Exists' }] : [];
}

function readExpression(entry: unknown): SelectorRequirement[] {
  const { key, operator, values } = asObject(entry) ?? {};
  const unfilled = [entry, operator, values].flatMap(readTemplate);
  if (unfilled.length > 0) return unfilled;
  if (typeof key !== 'string' || !OPERATORS.includes(operator)) return [];
  return [{ key, operator: operator as SelectorOperator, values: asList(values).filter(value => typeof value === 'string') }];
}

/** The condition where of some pods not every label is known that a selector asks for. */
export function labelsIf(requirements: readonly SelectorRequirement[]): string {
  return remember(labelConditions, requirements, () => unfilledLabels(requirements) ?? `${UNKNOWN_LABELS} ${requirementsText(requirements)}`);
}

const labelConditions = new WeakMap<readonly SelectorRequirement[], string>();

export const UNKNOWN_LABELS = 'labels that the manifests do not tell match';

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
