import { below, type Fields } from './fields';
import type { PolicyRule } from './policy-rule';
import { asList, asObject } from '../read';

/** A block of conditions: `any`, `all`, or a bare list. */
export interface ConditionBlock {
  readonly value: unknown;
  readonly pointer: string;
  readonly place: 'preconditions' | 'deny';
  /** Whether it belongs to the rule as a whole; Kyverno's webhook looks less closely at those of foreach and targets. */
  readonly ofRule: boolean;
}

export interface Condition {
  readonly fields: Fields;
  readonly pointer: string;
  readonly block: ConditionBlock;
}

/** The conditions of a rule, wherever it has them. */
export function conditionsOf(rule: PolicyRule): Condition[] {
  return conditionBlocksOf(rule).flatMap(block => {
    const lists: [unknown, string][] = Array.isArray(block.value)
      ? [[block.value, block.pointer]]
      : (['any', 'all'] as const).map(list => [asObject(block.value)?.[list], below(block.pointer, list)]);
    return lists.flatMap(([list, pointer]) => asList(list).flatMap((item, index) => {
      const fields = asObject(item);
      return fields ? [{ fields, pointer: below(pointer, index), block }] : [];
    }));
  });
}

export function conditionBlocksOf(rule: PolicyRule): ConditionBlock[] {
  const blocks: ConditionBlock[] = [
    { place: 'preconditions', value: rule.fields.preconditions, pointer: rule.at('preconditions'), ofRule: true },
    { place: 'deny', value: denyConditions(rule.validate), pointer: rule.at('validate', 'deny', 'conditions'), ofRule: true },
  ];
  for (const { fields, pointer } of rule.foreach) {
    blocks.push({ place: 'preconditions', value: fields.preconditions, pointer: below(pointer, 'preconditions'), ofRule: false });
    blocks.push({ place: 'deny', value: denyConditions(fields), pointer: below(pointer, 'deny', 'conditions'), ofRule: false });
  }
  asList(rule.mutate.targets).forEach((target, index) => blocks.push({
    place: 'preconditions', value: asObject(target)?.preconditions, pointer: rule.at('mutate', 'targets', index, 'preconditions'), ofRule: false,
  }));
  return blocks.filter(({ value }) => value !== undefined && value !== null);
}

function denyConditions(fields: Fields): unknown {
  return asObject(fields.deny)?.conditions;
}
