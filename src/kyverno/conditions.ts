/**
 * How the key of a condition is compared with its value. The operators `In` and `NotIn` are left out: Kyverno deprecates them
 * for `AllIn` and `AllNotIn`.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/preconditions/#operators
 */
export enum KyvernoOperator {
  /** The key equals the value, which may have wildcards. */
  EQUALS = 'Equals',
  /** The key does not equal the value. A key that is null fails this too. */
  NOT_EQUALS = 'NotEquals',
  /** At least one element of the key is among the values. */
  ANY_IN = 'AnyIn',
  /** Every element of the key is among the values. */
  ALL_IN = 'AllIn',
  /** At least one element of the key is not among the values. */
  ANY_NOT_IN = 'AnyNotIn',
  /** No element of the key is among the values. */
  ALL_NOT_IN = 'AllNotIn',
  /** Compares durations, quantities, numbers and versions. */
  GREATER_THAN = 'GreaterThan',
  /** Compares durations, quantities, numbers and versions. */
  GREATER_THAN_OR_EQUALS = 'GreaterThanOrEquals',
  /** Compares durations, quantities, numbers and versions. */
  LESS_THAN = 'LessThan',
  /** Compares durations, quantities, numbers and versions. */
  LESS_THAN_OR_EQUALS = 'LessThanOrEquals',
  /** Compares durations only. */
  DURATION_GREATER_THAN = 'DurationGreaterThan',
  /** Compares durations only. */
  DURATION_GREATER_THAN_OR_EQUALS = 'DurationGreaterThanOrEquals',
  /** Compares durations only. */
  DURATION_LESS_THAN = 'DurationLessThan',
  /** Compares durations only. */
  DURATION_LESS_THAN_OR_EQUALS = 'DurationLessThanOrEquals',
}

/**
 * A comparison. A variable that may be missing needs a default, as in `{{ request.object.metadata.labels.team || '' }}`: without
 * one the rule ends in an error, which blocks the request.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/preconditions/
 */
export interface KyvernoCondition {
  /** What is compared, usually a variable in `{{ }}`. */
  readonly key: any;

  /** How it is compared. */
  readonly operator: KyvernoOperator;

  /** What it is compared with: a string, number, boolean or list. */
  readonly value: any;

  /**
   * What is told when the condition decides. May hold variables.
   *
   * @default - nothing
   */
  readonly message?: string;
}

/**
 * Conditions that together are true or false.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/preconditions/#any-and-all-statements
 */
export interface KyvernoConditions {
  /**
   * At least one of these holds.
   *
   * @default - no such condition
   */
  readonly any?: KyvernoCondition[];

  /**
   * All of these hold.
   *
   * @default - no such condition
   */
  readonly all?: KyvernoCondition[];
}

/**
 * A condition in CEL.
 *
 * @see https://kubernetes.io/docs/reference/using-api/cel/
 */
export interface KyvernoCelCondition {
  /** Name of the condition, unique in its list. */
  readonly name: string;

  /** A CEL expression that gives true or false. */
  readonly expression: string;
}
