import { Dict, isDict, items, same } from '../json';
import { wildcard } from '../wildcard';
import { eachRule, present, runsInBackground, when } from './rules-of';

const USER_FIELDS = ['subjects', 'roles', 'clusterRoles'];

/** What the webhook refuses about match and exclude blocks. */
export function matchProblems(policy: Dict): string[] {
  return eachRule(policy, (rule) => [
    ...(['match', 'exclude'] as const).filter((place) => isDict(rule[place])).flatMap((place) => (
      blockProblems(place, rule[place], runsInBackground(policy))
    )),
    ...when(cancels(rule), 'exclude takes away everything that match selects'),
  ]);
}

function blockProblems(place: 'match' | 'exclude', block: Dict, background: boolean): string[] {
  const nested = [...items(block.any), ...items(block.all)];
  const direct = present(block, ['resources', ...USER_FIELDS]).length > 0;
  const filters: Dict[] = nested.length > 0 ? nested : direct || place === 'match' ? [block] : [];
  return [
    ...when(items(block.any).length > 0 && items(block.all).length > 0, `${place} has both any and all`),
    ...when(nested.length > 0 && isDict(block.resources), `${place} has resources beside any or all`),
    ...filters.flatMap((filter) => [...resourceProblems(place, filter), ...userProblems(place, filter, background)]),
  ];
}

function resourceProblems(place: string, { resources }: Dict): string[] {
  const described = Object.keys(resources ?? {}).length > 0;
  return [
    ...when(place === 'match' && !described, 'a match filter has an empty resource description'),
    ...when(place === 'match' && described && items(resources.kinds).length === 0, 'a match filter names no kind'),
    ...when(isDict(resources?.selector) && !hasRequirement(resources.selector), `an empty selector in ${place}`),
    ...items(resources?.selector?.matchExpressions).flatMap(expressionProblems),
  ];
}

function hasRequirement({ matchLabels, matchExpressions }: Dict): boolean {
  return Object.keys(matchLabels ?? {}).length > 0 || items(matchExpressions).length > 0;
}

function expressionProblems({ key, operator, values }: Dict): string[] {
  const listed = items(values).length > 0;
  const valid = ['In', 'NotIn'].includes(operator) ? listed : ['Exists', 'DoesNotExist'].includes(operator) && !listed;
  return when(!key || !valid, `the selector requirement ${JSON.stringify({ key, operator, values })} is not valid`);
}

function userProblems(place: string, filter: Dict, background: boolean): string[] {
  return [
    ...when(background && USER_FIELDS.some((key) => items(filter[key]).length > 0), `${place} by user needs background: false`),
    ...items(filter.subjects).flatMap(({ kind, namespace }) => [
      ...when(!['User', 'Group', 'ServiceAccount'].includes(kind), `a subject in ${place} is of kind '${kind}'`),
      ...when(kind === 'ServiceAccount' && !namespace, `a ServiceAccount in ${place} has no namespace`),
    ]),
    ...items(filter.roles).flatMap((role) => when(!/^[^:]+:[^:]+$/.test(role), `the role '${role}' in ${place} is not namespace:name`)),
  ];
}

/** An exclude block that leaves nothing to match. Blocks with `all` are not compared. */
function cancels({ match, exclude }: Dict): boolean {
  if (!isDict(exclude) || Object.keys(exclude).length === 0 || match.all !== undefined || exclude.all !== undefined) {
    return false;
  }
  if (match.any !== undefined || exclude.any !== undefined) {
    return items(match.any).some((one) => items(exclude.any).some((other) => same(one, other)));
  }
  const [wide, narrow] = [exclude, match].map((filter) => ({ ...filter.resources, ...filter }));
  return Object.keys(wide).filter((key) => key !== 'resources').every((key) => covers(wide[key], narrow[key]));
}

function covers(wide: unknown, narrow: unknown): boolean {
  const [outer, inner] = [wide, narrow].map((value) => (typeof value === 'string' ? [value] : value));
  if (!Array.isArray(outer) || !Array.isArray(inner)) {
    return same(outer, inner);
  }
  return inner.length > 0 && inner.every((item) => outer.some((pattern) => (
    same(pattern, item) || (typeof pattern === 'string' && wildcard(pattern, `${item}`))
  )));
}
