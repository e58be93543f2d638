import { KyvernoConditions } from './conditions';
import { KyvernoContextEntry } from './context';
import { LabelSelector } from '../values/label-selector';

/**
 * What an operation of a JSON patch does.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export enum KyvernoJsonPatchOp {
  /** Adds a field, or an element before the one of that index. */
  ADD = 'add',
  /** Removes what is there. */
  REMOVE = 'remove',
  /** Replaces what is there. */
  REPLACE = 'replace',
  /** Moves from another place. */
  MOVE = 'move',
  /** Copies from another place. */
  COPY = 'copy',
  /** Stops the patch where the value differs. */
  TEST = 'test',
}

/**
 * An operation of a JSON patch.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export interface KyvernoJsonPatch {
  /** What is done. */
  readonly op: KyvernoJsonPatchOp;

  /** Where, as a JSON pointer: `/metadata/labels/team`. Variables only below `foreach`. */
  readonly path: string;

  /**
   * The value; needed by add, replace and test.
   *
   * @default - none
   */
  readonly value?: any;

  /**
   * Where from; needed by move and copy.
   *
   * @default - none
   */
  readonly from?: string;
}

/**
 * Objects that are changed in place of the one that the request is about.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/mutate/#mutate-existing-resources
 */
export interface KyvernoMutateTarget {
  /**
   * Group and version.
   *
   * @default - none
   */
  readonly apiVersion?: string;

  /**
   * Kind.
   *
   * @default - none
   */
  readonly kind?: string;

  /**
   * Name, with wildcards.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * Namespace, with wildcards.
   *
   * @default - any
   */
  readonly namespace?: string;

  /**
   * UID.
   *
   * @default - any
   */
  readonly uid?: string;

  /**
   * Labels.
   *
   * @default - any
   */
  readonly selector?: LabelSelector;

  /**
   * Data for this target.
   *
   * @default - none
   */
  readonly context?: KyvernoContextEntry[];

  /**
   * Targets that count. They may refer to `target`.
   *
   * @default - every target
   */
  readonly preconditions?: KyvernoConditions;
}

/**
 * The order in which a list is gone through.
 */
export enum KyvernoForeachOrder {
  /** From the first. */
  ASCENDING = 'Ascending',
  /** From the last: what removes elements by index needs it. */
  DESCENDING = 'Descending',
}

/**
 * A change for each element of a list: by one kind of patch, or by lists within.
 */
export interface KyvernoMutateForeach {
  /** A JMESPath expression that gives the list. The patch refers to `element` and `elementIndex`. */
  readonly list: string;

  /**
   * The order.
   *
   * @default - Kyverno's own: ascending for strategic merges, descending for JSON patches
   */
  readonly order?: KyvernoForeachOrder;

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
   * A strategic merge of the whole object. Keys may be made with `Anchor.when`, `Anchor.global` and `Anchor.addIfAbsent`.
   *
   * @default - use another kind
   */
  readonly patchStrategicMerge?: { [key: string]: any };

  /**
   * A JSON patch of the whole object. Stops the rules for pod controllers.
   *
   * @default - use another kind
   */
  readonly patchesJson6902?: KyvernoJsonPatch[];

  /**
   * Lists within.
   *
   * @default - none
   */
  readonly foreach?: KyvernoMutateForeach[];
}

/**
 * A change to objects: one kind of patch.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/mutate/
 */
export interface KyvernoMutate {
  /**
   * A strategic merge. Keys may be made with `Anchor.when`, `Anchor.global` and `Anchor.addIfAbsent`.
   *
   * @default - use another kind
   */
  readonly patchStrategicMerge?: { [key: string]: any };

  /**
   * A JSON patch. Stops the rules for pod controllers.
   *
   * @default - use another kind
   */
  readonly patchesJson6902?: KyvernoJsonPatch[];

  /**
   * A patch for each element of a list.
   *
   * @default - use another kind
   */
  readonly foreach?: KyvernoMutateForeach[];

  /**
   * Objects that are changed in place of the one that the request is about.
   *
   * @default - the one that the request is about
   */
  readonly targets?: KyvernoMutateTarget[];

  /**
   * Whether targets are changed when the policy changes, too. Needs `targets`.
   *
   * @default - left out, which is no
   */
  readonly mutateExistingOnPolicyUpdate?: boolean;
}
