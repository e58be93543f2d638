import { LabelSelector } from '../values/label-selector';

/**
 * Options for `TenantNamespace.workload`. Exactly one of `labels` and `selector`.
 */
export interface TenantWorkloadOptions {
  /**
   * Labels of the workload's pods, from the pod template. They should belong to this workload alone.
   *
   * @default - none; give `selector` then
   */
  readonly labels?: { [key: string]: string };

  /**
   * The workload's pods, where labels alone do not say it.
   *
   * @default - the pods with `labels`
   */
  readonly selector?: LabelSelector;

  /**
   * What the workload is called in the names of policies.
   *
   * @default - the id
   */
  readonly name?: string;
}
