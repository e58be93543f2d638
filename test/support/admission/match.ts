import { Call } from './call';
import { Dict, items } from './json';
import { kindMatches } from './kind-selector';
import { selects } from './selector';
import { Unsupported } from './unsupported';
import { wildcard } from './wildcard';

/**
 * Whether a rule is about a request: matched and not excluded.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/
 */
export function ruleApplies(rule: Dict, call: Call): boolean {
  return isMatched(rule.match ?? {}, call) && !isExcluded(rule.exclude ?? {}, call);
}

function isMatched(match: Dict, call: Call): boolean {
  if (items(match.any).length > 0) {
    return items(match.any).some((filter) => filterApplies(filter, call));
  }
  return items(match.all).length > 0 ? items(match.all).every((filter) => filterApplies(filter, call)) : filterApplies(match, call);
}

function isExcluded(exclude: Dict, call: Call): boolean {
  if (items(exclude.any).length > 0) {
    return items(exclude.any).some((filter) => filterApplies(filter, call));
  }
  return items(exclude.all).length > 0 ? items(exclude.all).every((filter) => filterApplies(filter, call)) : filterApplies(exclude, call);
}

/** Everything that a filter names must fit; an empty filter fits nothing. */
function filterApplies(filter: Dict, call: Call): boolean {
  const resources: Dict = filter.resources ?? {};
  const named = [...Object.keys(resources), ...['subjects', 'roles', 'clusterRoles'].filter((key) => items(filter[key]).length > 0)];
  return named.length > 0 && resourceFits(resources, call) && userFits(filter, call);
}

function resourceFits(resources: Dict, call: Call): boolean {
  const { metadata = {} } = call.subject;
  const name: string = metadata.name ?? metadata.generateName ?? '';
  const namespace: string = call.kind === 'Namespace' ? name : metadata.namespace ?? '';
  const fits: Record<string, (wanted: any) => boolean> = {
    kinds: (kinds) => items(kinds).some((kind) => kindMatches(kind, call)),
    name: (pattern) => wildcard(pattern, name),
    names: (patterns) => items(patterns).some((pattern) => wildcard(pattern, name)),
    namespaces: (patterns) => items(patterns).some((pattern) => wildcard(pattern, namespace)),
    annotations: (wanted) => annotationsFit(wanted, metadata.annotations ?? {}),
    selector: (selector) => selects(selector, metadata.labels ?? {}),
    namespaceSelector: (selector) => call.kind !== 'Namespace' && selects(selector, namespaceLabels(call)),
    operations: (operations) => items(operations).includes(call.operation),
  };
  return Object.entries(fits).every(([key, test]) => isBlank(resources[key]) || test(resources[key]));
}

function isBlank(wanted: unknown): boolean {
  return wanted === undefined || wanted === null || wanted === '' || (Array.isArray(wanted) && wanted.length === 0);
}

function annotationsFit(wanted: Dict, actual: Dict): boolean {
  return Object.entries(wanted).every(([key, value]) => (
    Object.entries(actual).some(([name, text]) => wildcard(key, name) && wildcard(`${value}`, `${text}`))
  ));
}

function namespaceLabels(call: Call): Dict {
  if (!call.namespaceLabels) {
    throw new Unsupported(
      `a namespaceSelector in a request for namespace '${call.subject.metadata?.namespace}', which the test says nothing about: `
      + 'give namespaceLabels in the request or the Namespace to Admission',
    );
  }
  return call.namespaceLabels;
}

function userFits(filter: Dict, call: Call): boolean {
  return (items(filter.subjects).length === 0 || items(filter.subjects).some((subject) => subjectFits(subject, call)))
    && (['roles', 'clusterRoles'] as const).every((key) => items(filter[key]).length === 0 || rolesFit(filter[key], key, call));
}

function subjectFits({ kind, name, namespace }: Dict, { user }: Call): boolean {
  if (!user) {
    throw new Unsupported('subjects in a request without userInfo: say in the test who asks');
  }
  switch (kind) {
    case 'User': return wildcard(name, user.username);
    case 'Group': return user.groups.some((group) => wildcard(name, group));
    case 'ServiceAccount': return wildcard(`system:serviceaccount:${namespace}:${name}`, user.username);
    default: return false;
  }
}

function rolesFit(wanted: string[], key: 'roles' | 'clusterRoles', { user }: Call): boolean {
  const held = user?.[key];
  if (!held) {
    throw new Unsupported(`${key} in a request whose userInfo does not give ${key}`);
  }
  return held.some((role) => wanted.includes(role));
}
