import { LabelSelector } from '../values/label-selector';

/**
 * Something in CEL that must hold.
 */
export interface KyvernoCelExpression {
  /** A CEL expression that gives true where the object is fine. */
  readonly expression: string;

  /**
   * What is told where it does not hold.
   *
   * @default - the expression
   */
  readonly message?: string;

  /**
   * A CEL expression that gives the message.
   *
   * @default - use `message`
   */
  readonly messageExpression?: string;

  /**
   * Reason in the answer, such as `Forbidden`.
   *
   * @default - Invalid
   */
  readonly reason?: string;
}

/**
 * A kind whose objects are parameters.
 */
export interface KyvernoCelParamKind {
  /** Group and version. */
  readonly apiVersion: string;

  /** Kind. */
  readonly kind: string;
}

/**
 * What happens where there is no parameter.
 */
export enum KyvernoParameterNotFoundAction {
  /** The object is let in. */
  ALLOW = 'Allow',
  /** The object is refused, or reported. */
  DENY = 'Deny',
}

/**
 * The parameters: one of `name` and `selector`.
 */
export interface KyvernoCelParamRef {
  /** What happens where there is none. */
  readonly parameterNotFoundAction: KyvernoParameterNotFoundAction;

  /**
   * Name of the object.
   *
   * @default - use `selector`
   */
  readonly name?: string;

  /**
   * Namespace of the objects.
   *
   * @default - that of the request
   */
  readonly namespace?: string;

  /**
   * Labels of the objects.
   *
   * @default - use `name`
   */
  readonly selector?: LabelSelector;
}

/**
 * An annotation of the audit event.
 */
export interface KyvernoCelAuditAnnotation {
  /** Key. */
  readonly key: string;

  /** A CEL expression that gives the value. */
  readonly valueExpression: string;
}

/**
 * A value that expressions refer to as `variables.<name>`.
 */
export interface KyvernoCelVariable {
  /** Name. */
  readonly name: string;

  /** A CEL expression. */
  readonly expression: string;
}

/**
 * Validation in CEL.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#common-expression-language-cel
 */
export interface KyvernoCel {
  /** All of these must hold. */
  readonly expressions: KyvernoCelExpression[];

  /**
   * Whether Kyverno makes a ValidatingAdmissionPolicy of the rule. Needs Kyverno 1.14.
   *
   * @default - left out, which is no
   */
  readonly generate?: boolean;

  /**
   * Kind of the parameters. Needs `paramRef`.
   *
   * @default - no parameters
   */
  readonly paramKind?: KyvernoCelParamKind;

  /**
   * The parameters. Needs `paramKind`.
   *
   * @default - no parameters
   */
  readonly paramRef?: KyvernoCelParamRef;

  /**
   * Annotations of the audit event.
   *
   * @default - none
   */
  readonly auditAnnotations?: KyvernoCelAuditAnnotation[];

  /**
   * Values that the expressions share.
   *
   * @default - none
   */
  readonly variables?: KyvernoCelVariable[];
}
