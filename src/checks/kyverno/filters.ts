import { below, type Fields } from './fields';
import type { PolicyRule } from './policy-rule';
import { asList, asObject } from '../read';

/** A filter of match or exclude. */
export interface Filter {
  readonly place: 'match' | 'exclude';
  /** The list it stands in; none for the older form, where match itself is the filter. */
  readonly list?: 'any' | 'all';
  readonly fields: Fields;
  readonly resources: Fields;
  readonly kinds: readonly string[];
  readonly pointer: string;
}

export function filtersOf(rule: PolicyRule): Filter[] {
  return (['match', 'exclude'] as const).flatMap(place => {
    const block = asObject(rule.fields[place]);
    return block ? filtersIn(place, block, rule.at(place)) : [];
  });
}

/** The filters of a match block, in a rule or in what has no rules: an exception, or a policy that cleans up. */
export function filtersIn(place: 'match' | 'exclude', block: Fields, pointer: string): Filter[] {
  const listed = (['any', 'all'] as const).flatMap(list =>
    asList(block[list]).map((item, index) => filter(place, asObject(item) ?? {}, below(pointer, list, index), list)));
  const direct = ['resources', 'subjects', 'roles', 'clusterRoles'].some(field => block[field] !== undefined);
  return direct ? [...listed, filter(place, block, pointer)] : listed;
}

function filter(place: 'match' | 'exclude', fields: Fields, pointer: string, list?: 'any' | 'all'): Filter {
  const resources = asObject(fields.resources) ?? {};
  const kinds = asList(resources.kinds).filter(kind => typeof kind === 'string');
  return { place, fields, resources, kinds, pointer, ...(list && { list }) };
}
