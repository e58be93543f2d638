import { labelKeyProblem, labelValueProblem } from './labels';
import { Problem, problem } from './problem';

export type SelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

export interface SelectorRequirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  readonly values?: string[];
}

/** A label selector as plain data. Requirements are ANDed; none of them selects everything. */
export interface Selector {
  readonly matchLabels?: Record<string, string>;
  readonly matchExpressions?: SelectorRequirement[];
}

/**
 * The first thing the API server would not take.
 * Cilium's selectors have keys of another form: give `ciliumLabelKeyProblem` for them.
 */
export function selectorProblem(selector: Selector, keyProblem = labelKeyProblem): Problem | undefined {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    const wrong = keyProblem(key) ?? named(key, value, labelValueProblem(value));
    if (wrong) {
      return wrong;
    }
  }
  for (const requirement of selector.matchExpressions ?? []) {
    const wrong = keyProblem(requirement.key) ?? operatorProblem(requirement);
    if (wrong) {
      return wrong;
    }
  }
  return undefined;
}

function operatorProblem(requirement: SelectorRequirement): Problem | undefined {
  const { key, operator } = requirement;
  const values = requirement.values ?? [];
  if (!Array.isArray(values)) {
    return problem(requirement, 'a list of values', 'Write the values as a list, even when there is one.');
  }
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) {
        return problem(requirement, `${operator} with at least one value`, 'List the values, or use Exists or DoesNotExist.');
      }
      return values.map((value) => named(key, value, labelValueProblem(value))).find((wrong) => wrong !== undefined);
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
        ? undefined
        : problem(requirement, `${operator} without values`, `Leave the values out, or use ${operator === 'Exists' ? 'In' : 'NotIn'}.`);
    default:
      return problem(requirement, 'the operators In, NotIn, Exists and DoesNotExist', 'Use one of them, spelled exactly so.');
  }
}

function named(key: string, value: string, wrong: Problem | undefined): Problem | undefined {
  return wrong && problem({ [key]: value }, `for ${key}: ${wrong.allowed}`, wrong.mend);
}

export function selectorMatches(selector: Selector, labels: Record<string, string>): boolean {
  // YAML may hold a null where a map or a list is left out.
  const wanted = selector.matchLabels ?? {};
  for (const key of Object.keys(wanted)) {
    if (!Object.hasOwn(labels, key) || labels[key] === undefined || labels[key] !== wanted[key]) return false;
  }
  return (selector.matchExpressions ?? []).every((requirement) => requirementMatches(requirement, labels));
}

function requirementMatches({ key, operator, values: given }: SelectorRequirement, labels: Record<string, string>): boolean {
  const values = given ?? [];
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    // A label that is not there is not in the set either.
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
  }
}

/** Whether it selects everything because it requires nothing. */
export function selectorIsEmpty(selector: Selector): boolean {
  return requirementsOf(selector).length === 0;
}

/** Whether it selects nothing, whatever the labels. */
export function selectorContradicts(selector: Selector): boolean {
  const byKey = new Map<string, SelectorRequirement[]>();
  for (const requirement of requirementsOf(selector)) {
    byKey.set(requirement.key, [...byKey.get(requirement.key) ?? [], requirement]);
  }
  return [...byKey.values()].some(keyContradicts);
}

function keyContradicts(requirements: SelectorRequirement[]): boolean {
  const holds = (labels: Record<string, string>): boolean => requirements.every((requirement) => requirementMatches(requirement, labels));
  const key = requirements[0]?.key ?? '';
  // Without an In there are endlessly many values to choose from; with one, only those it lists.
  const sets = requirements.filter(({ operator }) => operator === 'In').map(({ values = [] }) => values);
  const [candidates] = sets;
  const isAbsent = holds({});
  const isPresent = candidates
    ? candidates.some((value) => holds({ [key]: value }))
    : requirements.every(({ operator }) => operator !== 'DoesNotExist');
  return !isAbsent && !isPresent;
}

/** The selector as `kubectl -l` takes it. Selectors that require the same print the same. */
export function selectorToString(selector: Selector): string {
  const [only, ...more] = Object.keys(selector.matchLabels ?? {});
  if (only !== undefined && more.length === 0 && (selector.matchExpressions ?? []).length === 0) return `${only}=${selector.matchLabels![only]}`;
  const terms = requirementsOf(selector).map(({ key, operator, values = [] }) => {
    const set = [...new Set(values)].sort();
    switch (operator) {
      case 'In': return { key, text: set.length === 1 ? `${key}=${set[0]}` : `${key} in (${set.join(',')})` };
      case 'NotIn': return { key, text: set.length === 1 ? `${key}!=${set[0]}` : `${key} notin (${set.join(',')})` };
      case 'Exists': return { key, text: key };
      case 'DoesNotExist': return { key, text: `!${key}` };
    }
  });
  terms.sort((a, b) => compareText(a.key, b.key) || compareText(a.text, b.text));
  return [...new Set(terms.map(({ text }) => text))].join(',');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

export type ParsedSelector =
  | { readonly selector: Selector; readonly problem?: undefined }
  | { readonly selector?: undefined; readonly problem: Problem };

const SET_TERM = /^([^\s!=<>(),]+)\s+(in|notin)\s*\(([^()]*)\)$/;
const VALUE_TERM = /^([^\s!=<>(),]+)\s*(==|=|!=)\s*([^\s!=<>(),]*)$/;
const KEY_TERM = /^(!?)\s*([^\s!=<>(),]+)$/;

/** Reads what `kubectl -l` takes, such as `app=web,tier in (front,back),!canary`. */
export function parseSelector(text: string): ParsedSelector {
  const requirements: SelectorRequirement[] = [];
  const terms = text.trim() === '' ? [] : text.split(/,(?![^()]*\))/);
  for (const term of terms) {
    const requirement = parseTerm(term.trim());
    if (!requirement) {
      const allowed = 'terms like app=web, app!=web, app in (a,b), app notin (a,b), app and !app, with commas between them';
      return { problem: problem(text, allowed, `Mend '${term.trim()}'.`) };
    }
    requirements.push(requirement);
  }
  const selector = fromRequirements(requirements);
  const wrong = selectorProblem(selector);
  return wrong ? { problem: wrong } : { selector };
}

function parseTerm(term: string): SelectorRequirement | undefined {
  const set = SET_TERM.exec(term);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = list.trim() === '' ? [] : list.split(',').map((value) => value.trim());
    return { key, operator: operator === 'in' ? 'In' : 'NotIn', values };
  }
  const value = VALUE_TERM.exec(term);
  if (value) {
    return { key: value[1] ?? '', operator: value[2] === '!=' ? 'NotIn' : 'In', values: [value[3] ?? ''] };
  }
  const key = KEY_TERM.exec(term);
  return key ? { key: key[2] ?? '', operator: key[1] === '!' ? 'DoesNotExist' : 'Exists' } : undefined;
}

function fromRequirements(requirements: SelectorRequirement[]): Selector {
  const matchLabels: Record<string, string> = {};
  const matchExpressions: SelectorRequirement[] = [];
  for (const requirement of requirements) {
    const { key, operator, values = [] } = requirement;
    const [value] = values;
    // A second value for one key has no room in a map, and makes a selector that selects nothing.
    if (operator === 'In' && value !== undefined && values.length === 1 && !Object.hasOwn(matchLabels, key)) {
      matchLabels[key] = value;
    } else {
      matchExpressions.push(requirement);
    }
  }
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}

/** Labels and expressions alike. */
export function requirementsOf(selector: Selector): SelectorRequirement[] {
  const labels = Object.entries(selector.matchLabels ?? {});
  return [
    ...labels.map(([key, value]): SelectorRequirement => ({ key, operator: 'In', values: [value] })),
    // YAML may hold a null where a list is left out.
    ...(selector.matchExpressions ?? []).map((requirement) => ({ ...requirement, values: requirement.values ?? [] })),
  ];
}
