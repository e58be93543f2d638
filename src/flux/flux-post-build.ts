/**
 * Where variables may come from.
 */
export enum FluxValuesKind {
  /** A ConfigMap. */
  CONFIG_MAP = 'ConfigMap',
  /** A Secret. */
  SECRET = 'Secret',
}

/**
 * A ConfigMap or Secret whose keys are variables.
 */
export interface FluxSubstituteSource {
  /** Kind of the object. */
  readonly kind: FluxValuesKind;

  /** Name of the object, in the namespace of the Kustomization. */
  readonly name: string;

  /**
   * Whether it may be missing.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * When variables are replaced.
 */
export enum FluxSubstituteStrategy {
  /** When there is at least one variable. */
  WITH_VARIABLES = 'WithVariables',
  /** Always. */
  ALWAYS = 'Always',
}

/**
 * Variables that are replaced in what was built. Any `${` in the objects is then taken for a variable, and from Flux 2.9 one that is not
 * set is an error.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export interface FluxPostBuild {
  /**
   * Variables and their values.
   *
   * @default - none
   */
  readonly substitute?: { [variable: string]: string };

  /**
   * More variables; later ones beat earlier ones, and `substitute` beats them all.
   *
   * @default - none
   */
  readonly substituteFrom?: FluxSubstituteSource[];

  /**
   * When variables are replaced. Needs Flux 2.9.
   *
   * @default - left out: when there is at least one
   */
  readonly substituteStrategy?: FluxSubstituteStrategy;
}
