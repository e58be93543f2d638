import { insist } from './guardrails-error';
import { insistArguments } from './insist-typed';
import { ciliumLabelKeyProblem } from './labels';
import { type SelectorOperator, type SelectorRequirement, selectorProblem } from './selector';

/**
 * One requirement on a label.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#set-based-requirement
 * @example
 *
 * LabelExpression.in('tier', 'web', 'api');
 */
export class LabelExpression {
  /** The label is there and has one of these values. */
  public static in(key: string, ...values: string[]): LabelExpression {
    insistArguments('LabelExpression.in', { key, values });
    return new LabelExpression('LabelExpression.in', key, 'In', values);
  }

  /** The label has none of these values. An object without the label matches too. */
  public static notIn(key: string, ...values: string[]): LabelExpression {
    insistArguments('LabelExpression.notIn', { key, values });
    return new LabelExpression('LabelExpression.notIn', key, 'NotIn', values);
  }

  /** The label is there, whatever its value. */
  public static exists(key: string): LabelExpression {
    return new LabelExpression('LabelExpression.exists', key, 'Exists');
  }

  /** The label is not there. */
  public static doesNotExist(key: string): LabelExpression {
    return new LabelExpression('LabelExpression.doesNotExist', key, 'DoesNotExist');
  }

  /** @internal */
  public readonly _requirement: SelectorRequirement;

  private constructor(factory: string, key: string, operator: SelectorOperator, values?: string[]) {
    this._requirement = { key, operator, ...(values && { values: [...values] }) };
    insist(factory, 'expression', selectorProblem({ matchExpressions: [this._requirement] }, ciliumLabelKeyProblem));
  }
}
