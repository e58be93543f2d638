import { insist, refuse } from './guardrails-error';
import { insistArguments } from './insist-typed';
import { LabelExpression } from './label-expression';
import { ciliumLabelKeyProblem } from './labels';
import { type Selector, selectorContradicts, selectorIsEmpty, selectorProblem, selectorToString } from './selector';

/**
 * Which objects are meant, by their labels. All labels and all expressions must hold.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 * @example
 *
 * LabelSelector.labels({ app: 'api' }, LabelExpression.notIn('track', 'canary'));
 */
export class LabelSelector {
  /** Everything: the empty selector. */
  public static all(): LabelSelector {
    return new LabelSelector('LabelSelector.all', {});
  }

  /**
   * Objects with these labels, and for which these expressions hold.
   *
   * @throws when a key or value is no label, when there is none at all, or when nothing can match
   */
  public static labels(labels: { [key: string]: string }, ...expressions: LabelExpression[]): LabelSelector {
    insistArguments('LabelSelector.labels', { labels, expressions });
    return LabelSelector.bounded('LabelSelector.labels', labels, expressions);
  }

  /**
   * Objects for which all of these expressions hold.
   *
   * @throws when a key or value is no label, when there is none at all, or when nothing can match
   */
  public static expressions(...expressions: LabelExpression[]): LabelSelector {
    insistArguments('LabelSelector.expressions', { expressions });
    return LabelSelector.bounded('LabelSelector.expressions', {}, expressions);
  }

  /** @internal */
  public static _of(factory: string, labels: Record<string, string>, expressions: LabelExpression[] = []): LabelSelector {
    return new LabelSelector(factory, {
      ...(Object.keys(labels).length > 0 && { matchLabels: { ...labels } }),
      ...(expressions.length > 0 && { matchExpressions: expressions.map(expression => expression._requirement) }),
    });
  }

  /** @internal */
  public static _fromData(factory: string, selector: Selector): LabelSelector {
    return new LabelSelector(factory, selector);
  }

  private static bounded(factory: string, labels: Record<string, string>, expressions: LabelExpression[]): LabelSelector {
    if (Object.keys(labels).length === 0 && expressions.length === 0) {
      refuse(factory, 'selector', {
        given: 'no label and no expression',
        allowed: 'at least one, since an empty selector selects everything',
        mend: 'Write LabelSelector.all() if everything is meant.',
      });
    }
    return LabelSelector._of(factory, labels, expressions);
  }

  /** @internal */
  public readonly _selector: Selector;

  private constructor(factory: string, selector: Selector) {
    // Whether a Cilium source such as `k8s:` may stand before a key depends on where the selector is used: checked there.
    insist(factory, 'selector', selectorProblem(selector, ciliumLabelKeyProblem));
    if (selectorContradicts(selector)) {
      refuse(factory, 'selector', {
        given: selectorToString(selector),
        allowed: 'requirements that one object can meet together',
        mend: 'Drop one of the requirements that exclude each other; nothing can ever match.',
      });
    }
    this._selector = selector;
  }

  /** Whether everything is selected. */
  public get selectsAll(): boolean {
    return selectorIsEmpty(this._selector);
  }

  /** The selector as `kubectl -l` takes it. */
  public toString(): string {
    return selectorToString(this._selector);
  }
}
