/**
 * What containers get and what they may not exceed, by resource: `cpu`, `memory`, `ephemeral-storage`. What is left out keeps
 * its default.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface ContainerLimits {
  /**
   * Requests of a container that has none.
   *
   * @default { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '128Mi' }
   */
  readonly defaultRequest?: { [resource: string]: string };

  /**
   * Limits of a container that has none.
   *
   * @default { cpu: '500m', memory: '512Mi', 'ephemeral-storage': '512Mi' }
   */
  readonly defaultLimit?: { [resource: string]: string };

  /**
   * The most that a container may ask for.
   *
   * @default - no maximum but the quota
   */
  readonly max?: { [resource: string]: string };

  /**
   * The least that a container must ask for.
   *
   * @default - no minimum
   */
  readonly min?: { [resource: string]: string };
}
