import { conditionsHold } from './conditions';
import { Dict, items } from './json';
import { strategicMerge } from './merge';
import { guarded, Outcome, PASS } from './outcome';
import { Scope } from './scope';
import { Unsupported } from './unsupported';

export interface Mutation {
  readonly outcome: Outcome;
  readonly object: Dict;
}

/**
 * Evaluates a mutate rule. `scopeFor` gives the variables for an object, because a later foreach sees what an earlier one changed.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/mutate/
 */
export function mutateRule(rule: Dict, object: Dict, scopeFor: (object: Dict) => Scope): Mutation {
  let result = object;
  const outcome = guarded(() => {
    const scope = scopeFor(object).withContext(items(rule.context));
    if (!conditionsHold(rule.preconditions, scope)) {
      return { status: 'skip', why: 'preconditions not met' };
    }
    const { targets, patchStrategicMerge, foreach } = rule.mutate;
    if (targets !== undefined || (patchStrategicMerge === undefined && foreach === undefined)) {
      throw new Unsupported(`a mutate rule with ${Object.keys(rule.mutate).join(', ')}`);
    }
    const changed = foreach === undefined
      ? strategicMerge(object, scope.substitute(patchStrategicMerge))
      : mutateEach(items(foreach), object, (current) => scopeFor(current).withContext(items(rule.context)));
    result = changed ?? object;
    return changed ? PASS : { status: 'skip', why: 'a condition of the patch does not hold' };
  });
  return { outcome, object: outcome.status === 'pass' ? result : object };
}

function mutateEach(entries: Dict[], object: Dict, scopeFor: (object: Dict) => Scope): Dict {
  return entries.reduce((current, entry) => {
    if (entry.patchStrategicMerge === undefined) {
      throw new Unsupported(`an entry of mutate.foreach with ${Object.keys(entry).join(', ')}`);
    }
    const scope = scopeFor(current);
    const list = scope.query(entry.list);
    const elements = [...(Array.isArray(list) ? list : [list]).entries()].filter(([, element]) => element !== null);
    return (entry.order === 'Descending' ? elements.reverse() : elements).reduce((inner, [elementIndex, element]) => {
      const local = scope.with({ element, elementIndex }).withContext(items(entry.context));
      return conditionsHold(entry.preconditions, local)
        ? strategicMerge(inner, local.substitute(entry.patchStrategicMerge)) ?? inner
        : inner;
    }, current);
  }, object);
}
