/**
 * An object that has to be ready.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks
 */
export interface FluxHealthCheck {
  /** Group and version, such as `apps/v1`. */
  readonly apiVersion: string;

  /** Kind of the object. */
  readonly kind: string;

  /** Name of the object. */
  readonly name: string;

  /**
   * Namespace of the object.
   *
   * @default - none: for what lies in no namespace
   */
  readonly namespace?: string;
}

/**
 * How to see whether objects of a kind are ready, in CEL over the object.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions
 */
export interface FluxHealthExpression {
  /** Group and version, such as `cilium.io/v2`. */
  readonly apiVersion: string;

  /**
   * Kind of the objects.
   *
   * @default - every kind of the version; needs Flux 2.9
   */
  readonly kind?: string;

  /** When an object is ready. */
  readonly current: string;

  /**
   * When an object has failed.
   *
   * @default - never
   */
  readonly failed?: string;

  /**
   * When an object is still on its way.
   *
   * @default - when it is neither ready nor failed
   */
  readonly inProgress?: string;
}
