import { FluxObjectProps } from './flux-object-props';
import { FluxSourceSpec } from './flux-source-spec';

/**
 * Who gives access to a Git repository.
 */
export enum GitProvider {
  /** Credentials of a Secret, or none. */
  GENERIC = 'generic',
  /** The identity of the controller at AWS CodeCommit. Needs Flux 2.9. */
  AWS = 'aws',
  /** The identity of the controller at Azure DevOps. */
  AZURE = 'azure',
  /** A GitHub App, whose keys are in the Secret. */
  GITHUB = 'github',
}

/**
 * What has to be signed.
 */
export enum GitVerifyMode {
  /** The commit that is checked out. */
  HEAD = 'HEAD',
  /** The tag. */
  TAG = 'Tag',
  /** The tag and the commit that it points to. */
  TAG_AND_HEAD = 'TagAndHEAD',
}

/**
 * Signatures that are asked for.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#verification
 */
export interface GitVerification {
  /**
   * What has to be signed.
   *
   * @default GitVerifyMode.HEAD
   */
  readonly mode?: GitVerifyMode;

  /** Name of the Secret with the public keys that are trusted. */
  readonly secretName: string;
}

/**
 * Another repository that is put into this one.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#include
 */
export interface GitInclude {
  /** Name of the other GitRepository, in the same namespace. */
  readonly repository: string;

  /**
   * Folder of the other repository.
   *
   * @default - its root
   */
  readonly fromPath?: string;

  /**
   * Folder that it is put into.
   *
   * @default - the name of the other repository
   */
  readonly toPath?: string;
}

/**
 * What a Git repository is. One of `branch`, `tag`, `semver`, `refName` and `commit` says what to check out; only a commit may
 * stand beside a branch.
 */
export interface GitRepositorySpec extends FluxSourceSpec {
  /** Address of the repository, beginning with https://, http:// or ssh://. */
  readonly url: string;

  /**
   * Branch to follow.
   *
   * @default - none
   */
  readonly branch?: string;

  /**
   * Tag to check out.
   *
   * @default - none
   */
  readonly tag?: string;

  /**
   * Range of versions, of whose tags the newest is checked out, such as `>=1.0.0 <2.0.0`.
   *
   * @default - none
   */
  readonly semver?: string;

  /**
   * Git reference to check out, such as `refs/pull/42/head`.
   *
   * @default - none
   */
  readonly refName?: string;

  /**
   * Commit to check out, as its SHA. With `branch`, only that is fetched.
   *
   * @default - none
   */
  readonly commit?: string;

  /**
   * How often to look for a new revision, as a Go duration of at least a minute.
   *
   * @default '5m'
   */
  readonly interval?: string;

  /**
   * Who gives access.
   *
   * @default - left out: GENERIC
   */
  readonly provider?: GitProvider;

  /**
   * Service account that gets access from the provider, AWS or Azure. Needs Flux 2.7.
   *
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;

  /**
   * Name of the Secret with the proxy to use.
   *
   * @default - none
   */
  readonly proxySecretName?: string;

  /**
   * Signatures that are asked for.
   *
   * @default - none
   */
  readonly verify?: GitVerification;

  /**
   * Files to leave out, in the form of a .gitignore file.
   *
   * @default - left out: files of Git and of CI, pictures and archives
   */
  readonly ignore?: string;

  /**
   * Other repositories to put into this one.
   *
   * @default - none
   */
  readonly include?: GitInclude[];

  /**
   * Whether submodules are fetched, too.
   *
   * @default - left out, which is no
   */
  readonly recurseSubmodules?: boolean;

  /**
   * Folders to check out.
   *
   * @default - all
   */
  readonly sparseCheckout?: string[];
}

/**
 * Properties for `GitRepository`.
 */
export interface GitRepositoryProps extends GitRepositorySpec, FluxObjectProps {}
