import { hasAnchor, parseAnchor } from './anchor';
import { copy, Dict, has, isDict } from './json';
import { matchPattern } from './pattern';
import { Unsupported } from './unsupported';

/** A condition of the patch that does not hold. A `<()` condition skips the rule, a `()` condition the list item or else the rule. */
class ConditionFailed extends Error {
  public constructor(public readonly global: boolean) {
    super('a condition of the patch does not hold');
  }
}

/**
 * Applies a `patchStrategicMerge` to an object. Returns undefined where a condition of the patch does not hold.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/mutate/#strategic-merge-patch
 */
export function strategicMerge(object: Dict, patch: Dict): Dict | undefined {
  try {
    return mergeMap(copy(object), resolveMap(patch, object));
  } catch (error) {
    if (error instanceof ConditionFailed) {
      return undefined;
    }
    throw error;
  }
}

/** The patch without its anchors, as it applies to this object. */
function resolve(patch: unknown, object: unknown): unknown {
  if (isDict(patch)) {
    return resolveMap(patch, isDict(object) ? object : {});
  }
  return Array.isArray(patch) && isDict(patch[0]) ? resolveList(patch, Array.isArray(object) ? object : undefined) : patch;
}

function resolveMap(patch: Dict, object: Dict): Dict {
  const keys = Object.keys(patch);
  for (const kind of ['global', 'condition']) {
    for (const raw of keys) {
      const anchor = parseAnchor(raw);
      if (anchor?.kind === kind && !conditionHolds(patch[raw], object, anchor.key)) {
        throw new ConditionFailed(kind === 'global');
      }
    }
  }
  const resolved: Dict = {};
  for (const raw of keys) {
    const anchor = parseAnchor(raw);
    if (anchor?.kind === 'add') {
      if (!has(object, anchor.key)) {
        resolved[anchor.key] = resolve(patch[raw], undefined);
      }
    } else if (anchor?.kind !== 'condition' && anchor?.kind !== 'global') {
      const value = resolve(patch[raw], object[raw]);
      // What held nothing but conditions leaves nothing to merge.
      if (!isEmpty(value) || isEmpty(patch[raw])) {
        resolved[raw] = value;
      }
    }
  }
  return resolved;
}

function conditionHolds(pattern: unknown, object: Dict, key: string): boolean {
  // Kyverno merges what a condition holds below plain keys or +() keys, which is more than a test should lean on.
  if (isDict(pattern) && Object.keys(pattern).some((inner) => parseAnchor(inner)?.kind !== 'condition')) {
    throw new Unsupported(`a condition (${key}) in patchStrategicMerge with a map that sets fields`);
  }
  return has(object, key) && matchPattern(object[key], pattern).status === 'pass';
}

function resolveList(patch: unknown[], object: unknown[] | undefined): unknown[] {
  return patch.flatMap((item) => {
    if (!object && hasAnchor(item, ['global'])) {
      throw new ConditionFailed(true);
    }
    return hasAnchor(item, ['condition', 'global', 'add']) ? resolveItem(item, object ?? []) : [item];
  });
}

/** An item with anchors stands for every item of the object that meets them, and reaches it by its name. */
function resolveItem(item: unknown, object: unknown[]): unknown[] {
  const met: Dict[] = [];
  let failed: ConditionFailed | undefined;
  for (const actual of object) {
    try {
      met.push({ patch: resolve(item, actual), name: isDict(actual) ? actual.name : undefined });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) {
        throw error;
      }
      failed = error.global ? error : failed;
    }
  }
  if (failed && met.length === 0) {
    throw failed;
  }
  return hasAnchor(item, ['global'])
    ? []
    : met.filter(({ patch, name }) => !isEmpty(patch) && name !== undefined).map(({ patch, name }) => ({ ...patch, name }));
}

function isEmpty(value: unknown): boolean {
  return (isDict(value) && Object.keys(value).length === 0) || (Array.isArray(value) && value.length === 0);
}

function mergeMap(object: Dict, patch: Dict): Dict {
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch') {
      throw new Unsupported('the $patch directive in patchStrategicMerge');
    }
    if (value === null) {
      delete object[key];
    } else {
      object[key] = merge(object[key], value, key);
    }
  }
  return object;
}

function merge(object: unknown, patch: unknown, key: string): unknown {
  if (isDict(patch)) {
    return mergeMap(isDict(object) ? object : {}, patch);
  }
  const merges = Array.isArray(patch) && Array.isArray(object) && patch.length > 0 && object.length > 0 && isDict(patch[0]);
  return merges ? mergeByName(object, patch as Dict[], key) : copy(patch);
}

function mergeByName(object: Dict[], patch: Dict[], key: string): Dict[] {
  if (![...object, ...patch].every((item) => isDict(item) && typeof item.name === 'string')) {
    throw new Unsupported(`merging the list '${key}' of patchStrategicMerge: its items have no names`);
  }
  const merged = object.map((item) => patch.filter(({ name }) => name === item.name).reduce<Dict>(mergeMap, item));
  // New items come first, as kustomize puts them.
  return [...patch.filter(({ name }) => !object.some((item) => item.name === name)).map(copy), ...merged];
}
