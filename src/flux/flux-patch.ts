/**
 * Which objects a patch or a rule is for. What is given has to match; name and namespace are regular expressions of the whole.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
 */
export interface FluxTarget {
  /**
   * API group.
   *
   * @default - any
   */
  readonly group?: string;

  /**
   * Version in the group.
   *
   * @default - any
   */
  readonly version?: string;

  /**
   * Kind.
   *
   * @default - any
   */
  readonly kind?: string;

  /**
   * Name.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * Namespace.
   *
   * @default - any
   */
  readonly namespace?: string;

  /**
   * Labels, as kubectl takes them: `app=shop,tier!=back`.
   *
   * @default - any
   */
  readonly labelSelector?: string;

  /**
   * Annotations, in the same form.
   *
   * @default - any
   */
  readonly annotationSelector?: string;
}

/**
 * A change to objects after the build.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#patches
 */
export interface FluxPatch {
  /** A strategic merge patch or a list of JSON6902 operations, as YAML. */
  readonly patch: string;

  /**
   * The objects that are changed.
   *
   * @default - the object that a strategic merge patch names
   */
  readonly target?: FluxTarget;
}

/**
 * Fields that are left alone when an object is applied or compared.
 */
export interface FluxIgnoreRule {
  /** The fields, as JSON pointers such as `/spec/replicas`. */
  readonly paths: string[];

  /**
   * The objects.
   *
   * @default - all
   */
  readonly target?: FluxTarget;
}

/**
 * Another name, tag or digest for an image.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
 */
export interface FluxImage {
  /** The image as it is written in the objects, without tag. */
  readonly name: string;

  /**
   * What its name becomes.
   *
   * @default - it stays
   */
  readonly newName?: string;

  /**
   * What its tag becomes.
   *
   * @default - it stays
   */
  readonly newTag?: string;

  /**
   * What its digest becomes; it beats the tag.
   *
   * @default - none
   */
  readonly digest?: string;
}
