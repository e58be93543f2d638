/**
 * What a container gets and may ask for, by resource: `{ cpu: '1', memory: '256Mi' }`.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface ContainerLimits {
  /**
   * Requests of a container that says none.
   *
   * @default - `defaultLimit`, or `min` where there is none
   */
  readonly defaultRequest?: { [resource: string]: string };

  /**
   * Limits of a container that says none.
   *
   * @default - `max`, where there is one
   */
  readonly defaultLimit?: { [resource: string]: string };

  /**
   * The most that a container may have as its limit.
   *
   * @default - no bound
   */
  readonly max?: { [resource: string]: string };

  /**
   * The least that a container must request.
   *
   * @default - no bound
   */
  readonly min?: { [resource: string]: string };
}
