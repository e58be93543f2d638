/**
 * Kinds that Flux takes files from.
 */
export enum FluxSourceKind {
  /** A Git repository. */
  GIT_REPOSITORY = 'GitRepository',
  /** An artifact in a container registry. */
  OCI_REPOSITORY = 'OCIRepository',
  /** A bucket of an object store. */
  BUCKET = 'Bucket',
  /** An artifact that another controller makes. Needs Flux 2.7. */
  EXTERNAL_ARTIFACT = 'ExternalArtifact',
}

/**
 * The source that a Kustomization applies.
 */
export interface FluxSource {
  /** Kind of the source. */
  readonly kind: FluxSourceKind;

  /** Name of the source. */
  readonly name: string;

  /**
   * Namespace of the source. Under multi-tenancy lockdown it has to be that of the Kustomization.
   *
   * @default - that of the Kustomization
   */
  readonly namespace?: string;
}
