import { below, type Fields } from './fields';
import type { PolicyRule } from './policy-rule';
import { asList, asObject } from '../read';

/** An entry of a foreach, at any depth. */
export interface Foreach {
  readonly of: 'validate' | 'mutate' | 'generate';
  readonly fields: Fields;
  readonly pointer: string;
}

export function foreachOf(rule: PolicyRule): Foreach[] {
  return (['validate', 'mutate', 'generate'] as const).flatMap(of => entriesIn(of, rule[of].foreach, rule.at(of, 'foreach'), 0));
}

function entriesIn(of: Foreach['of'], list: unknown, pointer: string, depth: number): Foreach[] {
  // The CRD has no limit, but nobody nests more than two.
  if (depth > 20) return [];
  return asList(list).flatMap((item, index) => {
    const fields = asObject(item);
    const at = below(pointer, index);
    return fields ? [{ of, fields, pointer: at }, ...entriesIn(of, fields.foreach, below(at, 'foreach'), depth + 1)] : [];
  });
}
