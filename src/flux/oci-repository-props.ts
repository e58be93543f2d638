import { FluxCloudProvider } from './cloud-provider';
import { FluxObjectProps } from './flux-object-props';
import { FluxSourceSpec } from './flux-source-spec';
import { OciLayer } from './oci-layer';

/**
 * Who has signed an artifact.
 */
export enum OciVerifyProvider {
  /** Cosign, with a key or keyless. */
  COSIGN = 'cosign',
  /** Notation, with certificates. */
  NOTATION = 'notation',
}

/**
 * An identity that may sign without a key. Both are regular expressions.
 */
export interface OciSigner {
  /** Who has said who it is, such as `^https://token.actions.githubusercontent.com$`. */
  readonly issuer: string;

  /** Who it is, such as `^https://github.com/acme/.*$`. */
  readonly subject: string;
}

/**
 * Signatures that are asked for.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#verification
 */
export interface OciVerification {
  /**
   * How the artifact is signed.
   *
   * @default OciVerifyProvider.COSIGN
   */
  readonly provider?: OciVerifyProvider;

  /**
   * Name of the Secret with the keys or certificates that are trusted.
   *
   * @default - none: signed by Cosign without a key, by one of `signers`
   */
  readonly secretName?: string;

  /**
   * Who may sign by Cosign without a key.
   *
   * @default - none: signed with a key of `secretName`
   */
  readonly signers?: OciSigner[];

  /**
   * Name of the Secret with the root of a Sigstore of your own, for signatures without a key. Needs Flux 2.9.
   *
   * @default - that of the public Sigstore
   */
  readonly trustedRootSecretName?: string;
}

/**
 * What a repository in a container registry is. One of `tag`, `semver` and `digest` says what to fetch.
 */
export interface OciRepositorySpec extends FluxSourceSpec {
  /** Address of the artifact without tag, beginning with oci://. */
  readonly url: string;

  /**
   * Tag to fetch.
   *
   * @default - none
   */
  readonly tag?: string;

  /**
   * Range of versions, of whose tags the newest is fetched, such as `1.x`.
   *
   * @default - none
   */
  readonly semver?: string;

  /**
   * Regular expression of the tags that count for `semver`.
   *
   * @default - all
   */
  readonly semverFilter?: string;

  /**
   * Digest to fetch, beginning with sha256:.
   *
   * @default - none
   */
  readonly digest?: string;

  /**
   * The layer to take.
   *
   * @default - the first one, which is unpacked
   */
  readonly layer?: OciLayer;

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
  readonly provider?: FluxCloudProvider;

  /**
   * Service account whose image pull secrets, or whose identity at the provider, give access.
   *
   * @default - none
   */
  readonly serviceAccountName?: string;

  /**
   * Name of the Secret with certificates for the registry.
   *
   * @default - none
   */
  readonly certSecretName?: string;

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
  readonly verify?: OciVerification;

  /**
   * Files to leave out, in the form of a .gitignore file.
   *
   * @default - left out
   */
  readonly ignore?: string;

  /**
   * Whether the registry is spoken to without TLS.
   *
   * @default - left out, which is no
   */
  readonly insecure?: boolean;
}

/**
 * Properties for `OciRepository`.
 */
export interface OciRepositoryProps extends OciRepositorySpec, FluxObjectProps {}
