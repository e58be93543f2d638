/**
 * What happens to a namespace, with all that is in it, when Flux no longer finds it in the repository.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
export enum RemovalPolicy {
  /**
   * The namespace stays, volumes and all, until a person deletes it, and stays isolated. Its allows, quota and roles go.
   */
  RETAIN = 'retain',
  /** The namespace is deleted, volumes and all. */
  DELETE = 'delete',
}
