/**
 * Another object of the same kind that has to be ready first.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
 */
export interface FluxDependency {
  /** Name of the other object. */
  readonly name: string;

  /**
   * Namespace of the other object. Under multi-tenancy lockdown it has to be the own one.
   *
   * @default - the own namespace
   */
  readonly namespace?: string;

  /**
   * What has to hold besides, in CEL: `self` is the own object, `dep` the other one. Needs Flux 2.7.
   *
   * @default - none
   */
  readonly readyExpr?: string;
}
