import { checkNoAnchors } from './anchors';
import { checkConditions } from './check-conditions';
import { checkContext } from './check-context';
import type { Spot } from './spot';
import { kindScopes } from '../../values/kind-scopes';
import { knownKinds } from '../../values/known-kinds';
import { kindProblem } from '../../values/kyverno-kind';
import { hasVariable } from '../../values/kyverno-variables';
import { compareMinor } from '../../values/semver-minor';
import type { KyvernoCloneList, KyvernoGenerate, KyvernoGenerateForeach } from '../generate';

/** What says which object is made and of what. */
type Target = KyvernoGenerate | KyvernoGenerateForeach;

/** What the webhook asks of a generate rule. */
export function checkGenerate(spot: Spot, kyverno: string, generate: KyvernoGenerate): void {
  if (generate.foreach) {
    spot.one(generate, ['data', 'clone', 'cloneList', 'foreach']);
    spot.in('foreach').filled(generate.foreach, 'entry');
    generate.foreach.forEach((entry, index) => checkForeach(spot.in('foreach').in(index), kyverno, entry));
  } else {
    checkTarget(spot, kyverno, generate);
  }
}

function checkForeach(spot: Spot, kyverno: string, entry: KyvernoGenerateForeach): void {
  if (!entry.list) spot.in('list').refuse('none', 'an expression that gives the list', 'Write it, such as \'request.object.spec.ports\'.');
  checkContext(spot.in('context'), entry.context);
  checkConditions(spot.in('preconditions'), entry.preconditions);
  checkTarget(spot, kyverno, entry);
}

function checkTarget(spot: Spot, kyverno: string, target: Target): void {
  const { data, clone, cloneList } = target;
  const sources = Object.entries({ data, clone, cloneList }).filter(([, source]) => source !== undefined).map(([name]) => name);
  if (sources.length !== 1) {
    spot.refuse(sources.join(' and ') || 'none', 'exactly one of data, clone and cloneList', 'Keep one; write a rule for each other.');
  }
  checkNoAnchors(spot.in('data'), data);
  checkFixedNames(spot, kyverno, target);
  if (cloneList) {
    checkCloneList(spot, cloneList, target.namespace);
    return;
  }
  for (const field of ['apiVersion', 'kind', 'name'] as const) {
    if (!target[field]) spot.in(field).refuse('nothing', 'apiVersion, kind and name of the object', 'Add it.');
  }
  checkScope(spot.in('namespace'), target);
}

function checkFixedNames(spot: Spot, kyverno: string, target: Target): void {
  const { apiVersion, kind, clone, cloneList } = target;
  if (compareMinor(kyverno, '1.14') >= 0) return;
  const variable = Object.entries({ apiVersion, kind, clone, cloneList }).find(([, value]) => hasVariable(value));
  if (variable) {
    spot.in(variable[0]).refuse(variable[1], `no variables here on Kyverno ${kyverno}`, 'Write it out, or use Kyverno 1.14 or newer.');
  }
}

function checkCloneList(spot: Spot, list: KyvernoCloneList, namespace: string | undefined): void {
  const at = spot.in('cloneList');
  const { kinds } = list;
  if (kinds.length === 0) at.in('kinds').refuse('none', 'at least one kind', 'Name the kinds, such as \'v1/Secret\'.');
  kinds.forEach((kind, index) => at.in('kinds').in(index).insist(kindProblem(kind)));
  const scopes = kindScopes(kinds);
  if (scopes.includes(true) && scopes.includes(false)) {
    at.in('kinds').refuse(kinds, 'kinds that all lie in a namespace, or none of them', 'Write a rule for each sort.');
  }
  const [namespaced] = scopes;
  for (const [place, given] of [[spot, namespace], [at, list.namespace]] as const) {
    if (namespaced === true && !given) {
      place.in('namespace').refuse('none', `a namespace for ${kinds.join(', ')}`, 'Name the one of the sources in `cloneList`, and the one of the clones beside it.');
    }
    if (namespaced === false && given) place.in('namespace').refuse(given, `no namespace for ${kinds.join(', ')}, which lie in none`, 'Drop it.');
  }
}

function checkScope(spot: Spot, { apiVersion = '', kind = '', namespace }: Target): void {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const known = knownKinds(kind).find(candidate => candidate.group === group);
  if (known?.namespaced && !namespace) {
    spot.refuse('none', `a namespace for a ${kind}`, 'Name it; for a rule that matches Namespaces write \'{{request.object.metadata.name}}\'.');
  }
  if (known && !known.namespaced && namespace) {
    spot.refuse(namespace, `no namespace for a ${kind}, which lies in none`, 'Drop it.');
  }
}
