import { podSecurityProblems } from '../pod-security';
import { conditionsHold } from './conditions';
import { QueryError } from './jmespath';
import { Dict, isDict, items } from './json';
import { guarded, Outcome, PASS } from './outcome';
import { matchAnyPattern, matchPattern } from './pattern';
import { podSpecOf } from './pod-spec';
import { Scope } from './scope';
import { Unsupported } from './unsupported';

/**
 * Evaluates a validate rule, or an entry of its foreach, in a scope. `object` is what patterns are held against; it is undefined on
 * DELETE, where patterns are not evaluated.
 */
export function validateRule(rule: Dict, object: Dict | undefined, scope: Scope): Outcome {
  return guarded(() => {
    const local = scope.withContext(items(rule.context));
    return conditionsHold(rule.preconditions, local)
      ? validate(rule.validate, object, local)
      : { status: 'skip', why: 'preconditions not met' };
  });
}

/** The message of a failed rule; variables that do not resolve leave it as it was written. */
export function messageOf(rule: Dict, scope: Scope, why: string): string {
  const { message } = rule.validate;
  if (typeof message !== 'string') {
    return why;
  }
  try {
    return String(scope.withContext(items(rule.context)).substitute(message));
  } catch (error) {
    if (error instanceof QueryError) {
      return message;
    }
    throw error;
  }
}

function validate(spec: Dict, object: Dict | undefined, scope: Scope): Outcome {
  if (spec.deny !== undefined) {
    return conditionsHold(spec.deny.conditions, scope) ? { status: 'fail', why: 'denied by its conditions' } : PASS;
  }
  if (spec.foreach !== undefined) {
    return validateEach(items(spec.foreach), object, scope, 0);
  }
  if (object === undefined) {
    return { status: 'skip', why: 'patterns are not evaluated on DELETE' };
  }
  if (spec.pattern !== undefined) {
    return matchPattern(object, scope.substitute(spec.pattern));
  }
  if (spec.anyPattern !== undefined) {
    return matchAnyPattern(object, items(scope.substitute(spec.anyPattern)));
  }
  if (isDict(spec.podSecurity)) {
    return validatePodSecurity(spec.podSecurity, object);
  }
  throw new Unsupported(`a validate rule with ${Object.keys(spec).join(', ')}`);
}

function validatePodSecurity({ level, version = 'latest', exclude }: Dict, object: Dict): Outcome {
  if (exclude !== undefined || version !== 'latest') {
    throw new Unsupported('validate.podSecurity with exclude or a version other than latest');
  }
  const spec = podSpecOf(object);
  const problems = spec && level !== 'privileged' ? podSecurityProblems(spec, level) : [];
  return problems.length === 0 ? PASS : { status: 'fail', why: problems.join('; ') };
}

/** A rule with foreach passes if it was applied to anything, fails at the first item that fails, and is skipped otherwise. */
function validateEach(entries: Dict[], object: Dict | undefined, scope: Scope, depth: number): Outcome {
  let applied = 0;
  for (const entry of entries) {
    const elements = elementsOf(entry.list, scope);
    for (const [index, element] of elements.entries()) {
      const outcome = validateElement(entry, element, index, object, scope, depth);
      const last = index === elements.length - 1;
      // An error on any but the last item goes unnoticed.
      if (outcome.status === 'fail' || (outcome.status === 'error' && last)) {
        return outcome;
      }
      applied += outcome.status === 'pass' ? 1 : 0;
    }
  }
  return applied > 0 ? PASS : { status: 'skip', why: 'foreach met no item' };
}

/** The items of a foreach list; a list that does not resolve has none, and a single value is a list of one. */
function elementsOf(list: string, scope: Scope): unknown[] {
  try {
    const value = scope.query(list);
    return (Array.isArray(value) ? value : [value]).filter((item) => item !== null);
  } catch (error) {
    if (error instanceof QueryError) {
      return [];
    }
    throw error;
  }
}

function validateElement(entry: Dict, element: unknown, index: number, object: Dict | undefined, scope: Scope, depth: number): Outcome {
  const scoped = entry.elementScope ?? isDict(element);
  if (scoped && !isDict(element)) {
    return { status: 'error', why: 'elementScope needs items that are maps' };
  }
  const target = scoped ? element as Dict : object;
  const names = { element, elementIndex: index, [`element${depth}`]: element, [`elementIndex${depth}`]: index };
  const { list: _list, elementScope: _scope, context, preconditions, ...spec } = entry;
  const nested = spec.foreach;
  return guarded(() => {
    const local = scope.with(names).withContext(items(context));
    if (!conditionsHold(preconditions, local)) {
      return { status: 'skip', why: 'preconditions not met' };
    }
    return nested === undefined ? validate(spec, target, local) : validateEach(items(nested), object, local, depth + 1);
  });
}
