import type { Spot } from './spot';
import { kindProblem, parseKind } from '../../values/kyverno-kind';
import { hasVariable } from '../../values/kyverno-variables';
import { type KyvernoMatch, type KyvernoResourceFilter, type KyvernoResources, type KyvernoSubject, KyvernoSubjectKind } from '../match';

export interface MatchContext {
  /** Whether objects are judged in the background, where nobody makes a request. */
  readonly background: boolean;
}

/** What the webhook asks of `match`, or of `exclude` when `isExclude`. */
export function checkMatch(spot: Spot, match: KyvernoMatch, { background }: MatchContext, isExclude = false): void {
  spot.one(match, ['any', 'all']);
  const list = match.any ? 'any' : 'all';
  (match[list] ?? []).forEach((filter, index) => checkFilter(spot.in(list).in(index), filter, background, isExclude));
}

/** A filter that both match and exclude list leaves nothing of it. */
export function checkCancelling(spot: Spot, match: KyvernoMatch, exclude: KyvernoMatch): void {
  const matched = new Set((match.any ?? []).map(filter => JSON.stringify(filter)));
  const both = (exclude.any ?? []).map(filter => JSON.stringify(filter)).find(filter => matched.has(filter));
  if (both === undefined) return;
  spot.refuse(both, 'an exclude that leaves something of match', 'Narrow the filter of exclude, or drop it from both.');
}

function checkFilter(spot: Spot, filter: KyvernoResourceFilter, background: boolean, isExclude: boolean): void {
  const { resources, subjects, roles, clusterRoles } = filter;
  if (hasVariable(filter)) {
    spot.refuse(filter, 'no variables in match and exclude', 'Say it with `preconditions`.');
  }
  if (resources ? Object.values(resources).every(field => field === undefined) : !isExclude || !(subjects || roles || clusterRoles)) {
    spot.refuse('a filter without resources', 'a filter with resources', 'Name the kinds, as in `resources: { kinds: [\'Pod\'] }`.');
  }
  if (background && (subjects ?? roles ?? clusterRoles)) {
    spot.refuse(
      'subjects, roles or clusterRoles in a policy that runs in the background',
      'them in a policy with `background: false`, since a background scan knows no user',
      'Set `background: false` on the policy.',
    );
  }
  if (resources) checkResources(spot.in('resources'), resources, isExclude);
  spot.in('subjects').filled(subjects, 'subject');
  subjects?.forEach((subject, index) => checkSubject(spot.in('subjects').in(index), subject));
  roles?.forEach((role, index) => {
    if (!/^[^:]+:[^:]+$/.test(role)) spot.in('roles').in(index).refuse(role, 'namespace:name', 'Write the namespace of the Role before its name.');
  });
}

function checkResources(spot: Spot, resources: KyvernoResources, isExclude: boolean): void {
  const { kinds, selector, namespaceSelector } = resources;
  if (!isExclude && !kinds?.length) {
    spot.in('kinds').refuse('none', 'at least one kind in every filter of match', 'Name the kinds, such as \'Pod\' or \'apps/v1/Deployment\'.');
  }
  for (const field of ['kinds', 'names', 'namespaces', 'operations'] as const) spot.in(field).filled(resources[field], 'entry');
  kinds?.forEach((kind, index) => spot.in('kinds').in(index).insist(kindProblem(kind)));
  if (selector?.selectsAll) {
    spot.in('selector').refuse('an empty selector', 'a selector with a label or expression', 'Leave `selector` out where every object is meant.');
  }
  if (namespaceSelector && kinds?.some(kind => parseKind(kind)?.kind === 'Namespace')) {
    spot.in('namespaceSelector').refuse(
      'a namespaceSelector for the kind Namespace',
      'namespaceSelector for kinds that lie in a namespace; it never matches a Namespace',
      'Select Namespaces by their own labels with `selector`, in a filter of their own.',
    );
  }
}

function checkSubject(spot: Spot, { kind, name, namespace }: KyvernoSubject): void {
  if (!name) spot.in('name').refuse('none', 'the name of the subject', 'Name it.');
  if (kind === KyvernoSubjectKind.SERVICE_ACCOUNT && !namespace) {
    spot.in('namespace').refuse('none', 'the namespace of the service account', 'Name it.');
  }
}
