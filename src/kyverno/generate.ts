import { KyvernoConditions } from './conditions';
import { KyvernoContextEntry } from './context';
import { LabelSelector } from '../values/label-selector';

/**
 * An object that is copied.
 */
export interface KyvernoClone {
  /** Name of the source. May hold variables from Kyverno 1.14. */
  readonly name: string;

  /**
   * Namespace of the source.
   *
   * @default - none, for a cluster-scoped kind
   */
  readonly namespace?: string;
}

/**
 * Objects that are copied.
 */
export interface KyvernoCloneList {
  /** Kinds, as `v1/Secret`. All namespaced or all cluster-scoped. */
  readonly kinds: string[];

  /**
   * Namespace of the sources.
   *
   * @default - none, for cluster-scoped kinds
   */
  readonly namespace?: string;

  /**
   * Labels of the sources.
   *
   * @default - every object of the kinds
   */
  readonly selector?: LabelSelector;
}

/**
 * What is generated for each element of a list.
 */
export interface KyvernoGenerateForeach {
  /** A JMESPath expression that gives the list. The rule refers to `element` and `elementIndex`. */
  readonly list: string;

  /**
   * Data for this list.
   *
   * @default - none
   */
  readonly context?: KyvernoContextEntry[];

  /**
   * Elements that count.
   *
   * @default - every element
   */
  readonly preconditions?: KyvernoConditions;

  /**
   * Group and version of the object.
   *
   * @default - none, with `cloneList`
   */
  readonly apiVersion?: string;

  /**
   * Kind of the object.
   *
   * @default - none, with `cloneList`
   */
  readonly kind?: string;

  /**
   * Name of the object.
   *
   * @default - none, with `cloneList`
   */
  readonly name?: string;

  /**
   * Namespace of the object.
   *
   * @default - none, for a cluster-scoped kind
   */
  readonly namespace?: string;

  /**
   * UID of the object.
   *
   * @default - none
   */
  readonly uid?: string;

  /**
   * The object, without what names it. No anchors.
   *
   * @default - use `clone` or `cloneList`
   */
  readonly data?: { [key: string]: any };

  /**
   * The object is a copy.
   *
   * @default - use `data` or `cloneList`
   */
  readonly clone?: KyvernoClone;

  /**
   * The objects are copies.
   *
   * @default - use `data` or `clone`
   */
  readonly cloneList?: KyvernoCloneList;
}

/**
 * Objects that Kyverno makes. Kyverno's background controller needs the right to make them.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/generate/
 */
export interface KyvernoGenerate {
  /**
   * Group and version of the object.
   *
   * @default - none, with `cloneList` or `foreach`
   */
  readonly apiVersion?: string;

  /**
   * Kind of the object.
   *
   * @default - none, with `cloneList` or `foreach`
   */
  readonly kind?: string;

  /**
   * Name of the object. Wins over a name in `data`.
   *
   * @default - none, with `cloneList` or `foreach`
   */
  readonly name?: string;

  /**
   * Namespace of the object. For a rule that matches Namespaces: `{{request.object.metadata.name}}`.
   *
   * @default - none, for a cluster-scoped kind
   */
  readonly namespace?: string;

  /**
   * UID of the object.
   *
   * @default - none
   */
  readonly uid?: string;

  /**
   * Whether the object follows the rule for ever: changes to it are reverted, and it goes when what it was made for goes.
   *
   * @default - left out, which is no
   */
  readonly synchronize?: boolean;

  /**
   * Whether objects are made for what was there before the policy.
   *
   * @default - left out, which is no
   */
  readonly generateExisting?: boolean;

  /**
   * Whether the objects stay when the policy or the rule goes.
   *
   * @default - left out, which is no: they are deleted, if they are synchronized
   */
  readonly orphanDownstreamOnPolicyDelete?: boolean;

  /**
   * The object, without what names it. No anchors.
   *
   * @default - use `clone`, `cloneList` or `foreach`
   */
  readonly data?: { [key: string]: any };

  /**
   * The object is a copy.
   *
   * @default - use `data`, `cloneList` or `foreach`
   */
  readonly clone?: KyvernoClone;

  /**
   * The objects are copies.
   *
   * @default - use `data`, `clone` or `foreach`
   */
  readonly cloneList?: KyvernoCloneList;

  /**
   * An object for each element of a list.
   *
   * @default - use `data`, `clone` or `cloneList`
   */
  readonly foreach?: KyvernoGenerateForeach[];
}
