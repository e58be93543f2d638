import { KyvernoCelCondition, KyvernoConditions } from './conditions';
import { KyvernoContextEntry } from './context';
import { KyvernoGenerate } from './generate';
import { KyvernoMatch } from './match';
import { KyvernoMutate } from './mutate';
import { KyvernoValidate } from './validate';
import { KyvernoImageExtractor, KyvernoVerifyImages } from './verify-images';

/**
 * A rule of a ClusterPolicy: what it is about, and exactly one of validate, mutate, generate and verifyImages.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/
 */
export interface KyvernoRule {
  /**
   * Name, unique in the policy; at most 63 characters, and better at most 47: Kyverno puts `autogen-cronjob-` before it for
   * CronJobs and cuts the end off. Of a generate rule it becomes a label value.
   */
  readonly name: string;

  /** What the rule is about. Every filter names at least one kind. */
  readonly match: KyvernoMatch;

  /**
   * What is left out of it.
   *
   * @default - nothing
   */
  readonly exclude?: KyvernoMatch;

  /**
   * Data that the rule refers to. Not for `validate.cel`.
   *
   * @default - none
   */
  readonly context?: KyvernoContextEntry[];

  /**
   * What must hold for the rule to apply. It is skipped otherwise.
   *
   * @default - it always applies
   */
  readonly preconditions?: KyvernoConditions;

  /**
   * What must hold for the rule to apply, in CEL. For `validate.cel` only.
   *
   * @default - it always applies
   */
  readonly celPreconditions?: KyvernoCelCondition[];

  /**
   * Whether requests of Kyverno's background controller are let off.
   *
   * @default - left out, which is yes
   */
  readonly skipBackgroundRequests?: boolean;

  /**
   * Fields that are added to reports. May hold variables.
   *
   * @default - none
   */
  readonly reportProperties?: { [key: string]: string };

  /**
   * Where custom resources name their images, by kind. For `verifyImages` only.
   *
   * @default - none
   */
  readonly imageExtractors?: { [kind: string]: KyvernoImageExtractor[] };

  /**
   * What must hold for an object.
   *
   * @default - use another kind of rule
   */
  readonly validate?: KyvernoValidate;

  /**
   * How an object is changed.
   *
   * @default - use another kind of rule
   */
  readonly mutate?: KyvernoMutate;

  /**
   * What is made for an object.
   *
   * @default - use another kind of rule
   */
  readonly generate?: KyvernoGenerate;

  /**
   * Which images must be signed.
   *
   * @default - use another kind of rule
   */
  readonly verifyImages?: KyvernoVerifyImages[];
}
