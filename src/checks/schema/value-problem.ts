import { FORMATS } from './formats';
import type { Limits, NodeType } from './schema-data';
import type { SchemaNode } from './schema-node';
import { type Told, told } from './schema-problem';
import { similarName } from '../../values/similar-name';
import { show } from '../kubernetes/text';

const ALLOWED: Record<NodeType, string> = {
  'object': 'a mapping',
  'array': 'a list',
  'string': 'a text',
  'integer': 'a whole number',
  'number': 'a number',
  'boolean': 'true or false',
  'int-or-string': 'a whole number or a text',
  'quantity': 'an amount',
};

function hasType(value: unknown, type: NodeType): boolean {
  switch (type) {
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'array': return Array.isArray(value);
    case 'integer': return Number.isInteger(value);
    case 'int-or-string': return typeof value === 'string' || Number.isInteger(value);
    case 'quantity': return typeof value === 'string' || typeof value === 'number';
    default: return typeof value === type;
  }
}

/** What is wrong with a value as such, whatever is in it. */
export function valueProblem(value: unknown, node: SchemaNode): Told | undefined {
  const { type, enum: values, format, limits } = node;
  if (type !== undefined && !hasType(value, type)) return wrongType(value, type);
  if (values && !values.includes(value)) return notAllowed(value, values);
  if (format && typeof value === 'string' && !FORMATS[format].matches(value)) {
    return told('BadFormat', `${show(value)}; allowed: ${FORMATS[format].allowed}`);
  }
  return limits && limitProblem(value, limits);
}

function wrongType(value: unknown, type: NodeType): Told {
  return told('WrongType', `${show(value)}, ${described(value)}; allowed: ${ALLOWED[type]}`, mendType(value, type));
}

function mendType(value: unknown, type: NodeType): string | undefined {
  if (type === 'string' && typeof value === 'number') return `Put it in quotes: "${value}".`;
  if (type === 'string' && typeof value === 'boolean') return 'Put it in quotes: without them, words such as yes, no, on, off, y and n are booleans.';
  if (type !== 'string' && typeof value === 'string') return /^(-?\d+|true|false)$/.test(value) ? 'Write it without quotes.' : undefined;
  if (type === 'array') return 'Write it as a list, with `- ` in front.';
  return undefined;
}

function described(value: unknown): string {
  if (value === null) return 'which is nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a number';
  return typeof value === 'string' ? 'a text' : 'a boolean';
}

function notAllowed(value: unknown, values: readonly unknown[]): Told {
  const names = values.filter(one => one !== '').map(String);
  const similar = typeof value === 'string' ? similarName(value, names) : undefined;
  return told('NotAllowedValue', `${show(value)}; allowed: ${names.join(', ')}`, similar === undefined ? undefined : `Did you mean ${similar}?`);
}

function limitProblem(value: unknown, limits: Limits): Told | undefined {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, minProperties, maxProperties } = limits;
  if (typeof value === 'number') return outside(value, value, minimum, maximum, '');
  if (typeof value === 'string') return outside(value, lengthOf(value, maxLength), minLength, maxLength, ' characters');
  // A list that must be empty by now is a matter of the version.
  if (Array.isArray(value)) return maxItems === 0 ? undefined : outside(value, value.length, minItems, maxItems, ' items');
  if (typeof value !== 'object' || value === null) return undefined;
  return outside(value, Object.keys(value).length, minProperties, maxProperties, ' fields');
}

/** Characters as the API server counts them, which only matters where there could be too many. */
function lengthOf(text: string, maxLength = Infinity): number {
  return text.length <= maxLength ? text.length : [...text].length;
}

function outside(value: unknown, count: number, lowest = -Infinity, highest = Infinity, unit: string): Told | undefined {
  if (count >= lowest && count <= highest) return undefined;
  const said = typeof value === 'object' ? `${count}${unit}` : show(value);
  return told('LimitExceeded', `${said}; allowed: ${count < lowest ? `at least ${lowest}` : `at most ${highest}`}${unit}`);
}
