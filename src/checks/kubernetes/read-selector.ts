import { isTemplate } from './text';
import { type Selector, type SelectorOperator, type SelectorRequirement, selectorToString } from '../../values/selector';
import { asObject } from '../read';

const OPERATORS: readonly unknown[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** A label selector that a cluster could read; nothing where a part of it is malformed or a template, so that nobody knows. */
export function readSelector(value: unknown): Selector | undefined {
  // Null is what is left of an empty mapping in YAML, and selects as one.
  if (value === undefined || value === null) return {};
  const fields = asObject(value);
  if (!fields) return undefined;
  const matchLabels = readLabels(fields.matchLabels);
  const matchExpressions = readRequirements(fields.matchExpressions);
  return matchLabels && matchExpressions ? { matchLabels, matchExpressions } : undefined;
}

/** Whether it selects everything. */
export function selectsAll({ matchLabels, matchExpressions }: Selector): boolean {
  if (matchExpressions && matchExpressions.length > 0) return false;
  for (const _key in matchLabels) return false;
  return true;
}

const texts = new WeakMap<Selector, string>();

/** The selector as people write it; what requires the same has the same text. Worked out once for each selector. */
export function selectorText(selector: Selector): string {
  let text = texts.get(selector);
  if (text === undefined) {
    text = selectorToString(selector);
    texts.set(selector, text);
  }
  return text;
}

/** Labels that are all written out as texts; nothing where one is not. */
export function readLabels(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return {};
  const fields = asObject(value);
  if (!fields) return undefined;
  for (const key in fields) {
    const text = fields[key];
    if (typeof text !== 'string' || isTemplate(text) || isTemplate(key)) return undefined;
  }
  return fields as Record<string, string>;
}

function readRequirements(value: unknown): SelectorRequirement[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const requirements: SelectorRequirement[] = [];
  for (const entry of value) {
    const { key, operator, values = [] } = asObject(entry) ?? {};
    const written = values === null ? [] : values;
    if (typeof key !== 'string' || isTemplate(key) || !OPERATORS.includes(operator)) return undefined;
    if (!Array.isArray(written) || !written.every(text => typeof text === 'string' && !isTemplate(text))) return undefined;
    requirements.push({ key, operator: operator as SelectorOperator, values: written as string[] });
  }
  return requirements;
}
