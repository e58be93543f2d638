import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

export type Values = Record<string, unknown>;

/**
 * The values that a construct works out, together with more of the chart's values.
 *
 * @param owned paths, such as `hubble.relay`, that the construct or the Platform decides: nobody else may, or policies would be written for
 * another cluster than the one that is installed
 * @throws GuardrailsError for a value at or below such a path, and for what YAML and Kubernetes do not hold alike
 */
export function chartValues(at: string, typed: Values, more: Values, owned: Readonly<Record<string, string>>): Values {
  insistPlain(at, 'values', more);
  for (const [path, said] of Object.entries(owned)) {
    const given = valueAt(more, path.split('.'));
    if (given !== undefined) refuse(at, `values.${path}`, problem(given, `nothing there, since ${said} says it`, `Set ${said} instead.`));
  }
  return merged(typed, more);
}

/** What a map without everything that was not said comes to; a map of nothing is not said either. */
export function saidDeep(values: Values): Values {
  const entries = Object.entries(values)
    .map(([key, value]) => [key, isMap(value) ? saidDeep(value) : value] as const)
    .filter(([, value]) => value !== undefined && !(isMap(value) && Object.keys(value).length === 0));
  return Object.fromEntries(entries);
}

/** Every path to a value that is no map. */
export function pathsOf(values: Values, above = ''): string[] {
  return Object.entries(values).flatMap(([key, value]) => (isMap(value) ? pathsOf(value, `${above}${key}.`) : [above + key]));
}

function valueAt(value: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined || value === undefined) return value;
  // Anything but a map would put away what the construct says below.
  return isMap(value) ? valueAt(value[key], rest) : value;
}

function merged(typed: Values, more: Values): Values {
  const result = { ...typed };
  for (const [key, value] of Object.entries(more)) {
    const known = result[key];
    result[key] = isMap(known) && isMap(value) ? merged(known, value) : value;
  }
  return result;
}

/** cdk8s drops what is null or not plain from an object, and a file would keep it: the two installs would differ. */
function insistPlain(at: string, path: string, value: unknown): void {
  if (Array.isArray(value)) {value.forEach((item, index) => insistPlain(at, `${path}.${index}`, item));} else if (isMap(value)) {Object.entries(value).forEach(([key, item]) => insistPlain(at, `${path}.${key}`, item));} else if (!['string', 'boolean'].includes(typeof value) && !(typeof value === 'number' && Number.isFinite(value))) {
    refuse(at, path, problem(value, 'texts, numbers, true, false, lists and maps', 'Leave it out to keep what the chart says.'));
  }
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
