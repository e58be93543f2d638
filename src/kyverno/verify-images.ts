import { KyvernoAttestors } from './attestor';
import { KyvernoConditions } from './conditions';
import { KyvernoRegistryCredentials } from './context';
import { PolicyAction } from './policy-action';
import { KyvernoDeny } from './validate';

/**
 * How images are signed.
 */
export enum KyvernoSignatureType {
  /** Cosign's own layout. */
  COSIGN = 'Cosign',
  /** Sigstore bundles. */
  SIGSTORE_BUNDLE = 'SigstoreBundle',
  /** The Notary Project. */
  NOTARY = 'Notary',
}

/**
 * A statement about an image that must be there.
 */
export interface KyvernoAttestation {
  /** Type of the statement: its predicate type, or media type for Notary. */
  readonly type: string;

  /**
   * Name, by which `validate` of the rule can refer to it.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Who must have signed the statement.
   *
   * @default - nobody
   */
  readonly attestors?: KyvernoAttestors[];

  /**
   * What must hold for the statement.
   *
   * @default - nothing
   */
  readonly conditions?: KyvernoConditions[];
}

/**
 * Conditions under which a verified image is refused.
 */
export interface KyvernoImageValidation {
  /**
   * What is told when it is refused.
   *
   * @default - nothing
   */
  readonly message?: string;

  /** When it is refused. */
  readonly deny: KyvernoDeny;
}

/**
 * Images that must be signed.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/verify-images/
 */
export interface KyvernoVerifyImages {
  /** The images, with wildcards: `ghcr.io/acme/*`. No variables. */
  readonly imageReferences: string[];

  /**
   * Images that are let off.
   *
   * @default - none
   */
  readonly skipImageReferences?: string[];

  /**
   * How they are signed.
   *
   * @default - left out: Cosign
   */
  readonly type?: KyvernoSignatureType;

  /**
   * What happens where they are not. Audit needs `mutateDigest: false`.
   *
   * @default - the policy's `validationFailureAction`, which is Audit unless set
   */
  readonly failureAction?: PolicyAction;

  /**
   * Who must have signed.
   *
   * @default - nobody
   */
  readonly attestors?: KyvernoAttestors[];

  /**
   * Statements that must be there.
   *
   * @default - none
   */
  readonly attestations?: KyvernoAttestation[];

  /**
   * Whether tags are replaced by digests.
   *
   * @default - left out, which is yes
   */
  readonly mutateDigest?: boolean;

  /**
   * Whether images must be named by digest.
   *
   * @default - left out, which is yes
   */
  readonly verifyDigest?: boolean;

  /**
   * Whether every image that matches must have been verified.
   *
   * @default - left out, which is yes
   */
  readonly required?: boolean;

  /**
   * Where the signatures are.
   *
   * @default - beside the image
   */
  readonly repository?: string;

  /**
   * Whether results are remembered.
   *
   * @default - left out, which is yes
   */
  readonly useCache?: boolean;

  /**
   * Whether Cosign's layout of OCI 1.1 is used.
   *
   * @default - left out, which is no
   */
  readonly cosignOci11?: boolean;

  /**
   * How to sign in to the registry.
   *
   * @default - as Kyverno does
   */
  readonly imageRegistryCredentials?: KyvernoRegistryCredentials;

  /**
   * Conditions on the image's metadata and statements.
   *
   * @default - none
   */
  readonly validate?: KyvernoImageValidation;
}

/**
 * Where a custom resource names its images.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/verify-images/#custom-resources
 */
export interface KyvernoImageExtractor {
  /** Path of the images, as in `/spec/steps/*\/image`. */
  readonly path: string;

  /**
   * Field of the image below the path.
   *
   * @default - the path itself is the image
   */
  readonly value?: string;

  /**
   * Field that tells the images apart.
   *
   * @default - the index
   */
  readonly key?: string;

  /**
   * Name of the group of images, in `images.<name>`.
   *
   * @default - custom
   */
  readonly name?: string;

  /**
   * A JMESPath expression on the image. Needs `mutateDigest: false`.
   *
   * @default - none
   */
  readonly jmesPath?: string;
}
