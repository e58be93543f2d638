/**
 * `flux bootstrap git`, as the last step of bringing a cluster up.
 *
 * Where the Platform has Flux locked down, commit the text of `FluxLockdown` as `<path>/flux-system/kustomization.yaml` first.
 *
 * @see https://fluxcd.io/flux/installation/bootstrap/generic-git-server/
 */
export interface FluxBootstrap {
  /** Exact version of Flux, such as `2.8.3`, of the minor version that the Platform says. */
  readonly version: string;

  /** Address of the repository, beginning with https:// or ssh://. */
  readonly url: string;

  /** Folder in the repository that Flux syncs: `<outdir>/clusters/<cluster>` in the layout `FluxLayout.monorepo`. */
  readonly path: string;

  /**
   * Branch of the repository.
   *
   * @default 'main'
   */
  readonly branch?: string;
}
