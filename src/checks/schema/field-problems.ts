import type { SchemaNode } from './schema-node';
import { type Told, told } from './schema-problem';
import { isTemplate, show } from '../kubernetes/text';

type Fields = Readonly<Record<string, unknown>>;

const NONE: readonly Told[] = [];

/** What is wrong with the fields of an object taken together: some are missing, or some exclude each other. */
export function fieldProblems(object: Fields, node: SchemaNode): readonly Told[] {
  const { required, exactlyOne, atLeastOne, notTogether, onlyWith } = node;
  // Nearly every object has what is required, and no more than that is asked of it.
  return exactlyOne || atLeastOne || notTogether || onlyWith || (required && !hasAll(object, required)) ? problemsOf(object, node) : NONE;
}

function problemsOf(object: Fields, node: SchemaNode): readonly Told[] {
  const { required, exactlyOne, atLeastOne, notTogether, onlyWith } = node;
  const problems: Told[] = [];
  const missing = required?.filter(name => !isThere(object, name)) ?? [];
  if (missing.length > 0 && !Object.keys(object).some(isTemplate)) problems.push(told('MissingField', `no ${listed(missing, 'and')}`, `Add ${listed(missing, 'and')}.`));
  // What is missing may be meant by a field that is not known, or hide behind a name that is still to be filled in.
  const isStrange = () => Object.keys(object).some(name => isTemplate(name) || (node.fields && !node.fields.has(name)));
  if (exactlyOne) problems.push(...exactlyOneProblems(object, exactlyOne, isStrange));
  if (atLeastOne && !atLeastOne.some(names => areThere(object, names)) && !isStrange()) {
    problems.push(told('OneOf', `none of ${listed(atLeastOne.flat(), 'and')}`, `Add ${listed(atLeastOne.flat(), 'or')}.`));
  }
  for (const names of notTogether ?? []) {
    if (areThere(object, names)) problems.push(told('OneOf', `${listed(names, 'and')} together`));
  }
  for (const { field, other, values } of onlyWith ?? []) {
    if (isThere(object, field) && !isOneOf(object[other], values)) {
      problems.push(told('FieldNotAllowedHere', `\`${field}\` beside ${given(object, other)}; allowed: ${listed(values, 'or')}`));
    }
  }
  return problems;
}

function exactlyOneProblems(object: Fields, sets: readonly string[][], isStrange: () => boolean): readonly Told[] {
  const whole = sets.filter(names => areThere(object, names));
  if (whole.length === 1 && whole[0]!.length === 1) return NONE;
  const fields = sets.flat();
  const there = whole.flat();
  if (there.length === 0) return isStrange() ? [] : [told('OneOf', `none of ${listed(fields, 'and')}`, `Add ${listed(fields, 'or')}.`)];
  return there.length === 1 ? [] : [told('OneOf', `${listed(there, 'and')} together`, 'Keep one of them.')];
}

/** A field that is null is dropped by the API server before it looks. */
function isThere(object: Fields, name: string): boolean {
  return Object.hasOwn(object, name) && object[name] !== null && object[name] !== undefined;
}

function hasAll(object: Fields, names: readonly string[]): boolean {
  for (const name of names) if (!isThere(object, name)) return false;
  return true;
}

function areThere(object: Fields, names: readonly string[]): boolean {
  return names.every(name => isThere(object, name));
}

function isOneOf(value: unknown, values: readonly string[]): boolean {
  return typeof value === 'string' && (values.includes(value) || isTemplate(value));
}

function given(object: Fields, name: string): string {
  return isThere(object, name) ? `\`${name}\` ${show(object[name])}` : `no \`${name}\``;
}

function listed(names: readonly string[], word: 'and' | 'or'): string {
  const quoted = names.map(name => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted.at(-1)}`;
}
