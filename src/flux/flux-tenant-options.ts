import { FluxDecryption, FluxDeletionPolicy } from './flux-kustomization-props';
import { GitRepositorySpec } from './git-repository-props';
import { OciRepositorySpec } from './oci-repository-props';

/**
 * How a tenant's own repository is applied to its namespace. One of `git` and `oci` is given.
 */
export interface FluxTenantOptions {
  /**
   * The tenant's Git repository.
   *
   * @default - none; then `oci` is given
   */
  readonly git?: GitRepositorySpec;

  /**
   * The tenant's repository in a container registry.
   *
   * @default - none; then `git` is given
   */
  readonly oci?: OciRepositorySpec;

  /**
   * Folder in the repository.
   *
   * @default - its root
   */
  readonly path?: string;

  /**
   * How often the namespace is compared with the repository, as a Go duration of at least a minute.
   *
   * @default '1h'
   */
  readonly interval?: string;

  /**
   * How soon to try again after a failure, as a Go duration.
   *
   * @default '2m'
   */
  readonly retryInterval?: string;

  /**
   * How long applying and waiting may take, as a Go duration.
   *
   * @default '5m'
   */
  readonly timeout?: string;

  /**
   * Whether what leaves the repository is deleted.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * Whether to wait until everything is ready.
   *
   * @default true
   */
  readonly wait?: boolean;

  /**
   * What becomes of the tenant's objects when its Kustomization is deleted.
   *
   * @default - for a `TenantNamespace` that stays, ORPHAN; else left out, which is MIRROR_PRUNE
   */
  readonly deletionPolicy?: FluxDeletionPolicy;

  /**
   * How Secrets in the repository are decrypted.
   *
   * @default - they are not
   */
  readonly decryption?: FluxDecryption;
  /**
   * Whether the repository may hold HelmReleases, and the HelmRepositories and OCIRepositories that their charts come from. Only the
   * service account that it is applied as may write them, none of the tenant's people. Each release has to name a service account of
   * the namespace in `serviceAccountName`, and gets no more rights than that one has. Throws unless Flux is locked down: it would install
   * the releases as cluster-admin.
   *
   * @default false
   * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
   */
  readonly helmReleases?: boolean;
}
