/**
 * The transparency log that signatures are looked up in.
 */
export interface KyvernoRekor {
  /**
   * Address of the log.
   *
   * @default - left out: https://rekor.sigstore.dev
   */
  readonly url?: string;

  /**
   * Public key of the log in PEM.
   *
   * @default - that of the public log
   */
  readonly pubkey?: string;

  /**
   * Whether signatures need not be in the log.
   *
   * @default - left out, which is no
   */
  readonly ignoreTlog?: boolean;
}

/**
 * The log of certificates.
 */
export interface KyvernoCtlog {
  /**
   * Whether certificates need no proof that they are in the log.
   *
   * @default - left out, which is no
   */
  readonly ignoreSct?: boolean;

  /**
   * Public key of the log in PEM.
   *
   * @default - that of the public log
   */
  readonly pubkey?: string;

  /**
   * Certificates of the timestamp authority in PEM.
   *
   * @default - none
   */
  readonly tsaCertChain?: string;
}

/**
 * A Secret.
 */
export interface KyvernoSecretReference {
  /** Name. */
  readonly name: string;

  /** Namespace. */
  readonly namespace: string;
}

/**
 * Public keys: in one of three places.
 */
export interface KyvernoKeys {
  /**
   * The keys in PEM, one after another.
   *
   * @default - use `secret` or `kms`
   */
  readonly publicKeys?: string;

  /**
   * A Secret with the key.
   *
   * @default - use `publicKeys` or `kms`
   */
  readonly secret?: KyvernoSecretReference;

  /**
   * URI of a key in a key management system.
   *
   * @default - use `publicKeys` or `secret`
   */
  readonly kms?: string;

  /**
   * sha224, sha256, sha384 or sha512.
   *
   * @default - left out: sha256
   */
  readonly signatureAlgorithm?: string;

  /**
   * The transparency log.
   *
   * @default - the public one
   */
  readonly rekor?: KyvernoRekor;

  /**
   * The log of certificates.
   *
   * @default - the public one
   */
  readonly ctlog?: KyvernoCtlog;
}

/**
 * A certificate, its chain, or both.
 */
export interface KyvernoCertificates {
  /**
   * The certificate in PEM.
   *
   * @default - use `certChain`
   */
  readonly cert?: string;

  /**
   * The chain in PEM.
   *
   * @default - use `cert`
   */
  readonly certChain?: string;

  /**
   * The transparency log.
   *
   * @default - the public one
   */
  readonly rekor?: KyvernoRekor;

  /**
   * The log of certificates.
   *
   * @default - the public one
   */
  readonly ctlog?: KyvernoCtlog;
}

/**
 * An identity that signed without a key. Needs `rekor` with an address, or `roots`.
 */
export interface KyvernoKeyless {
  /**
   * Who vouched for the identity.
   *
   * @default - anyone
   */
  readonly issuer?: string;

  /**
   * Who vouched for the identity, as a regular expression.
   *
   * @default - anyone
   */
  readonly issuerRegExp?: string;

  /**
   * The identity, such as an email address or a workflow.
   *
   * @default - anyone
   */
  readonly subject?: string;

  /**
   * The identity, as a regular expression.
   *
   * @default - anyone
   */
  readonly subjectRegExp?: string;

  /**
   * Root certificates in PEM.
   *
   * @default - those of the public service
   */
  readonly roots?: string;

  /**
   * The transparency log.
   *
   * @default - use `roots`
   */
  readonly rekor?: KyvernoRekor;

  /**
   * The log of certificates.
   *
   * @default - the public one
   */
  readonly ctlog?: KyvernoCtlog;

  /**
   * Extensions that the certificate has.
   *
   * @default - any
   */
  readonly additionalExtensions?: { [key: string]: string };
}

/**
 * Who may sign: exactly one of keys, certificates, a keyless identity, or a set of others.
 */
export interface KyvernoAttestor {
  /**
   * Holders of keys.
   *
   * @default - use another kind
   */
  readonly keys?: KyvernoKeys;

  /**
   * Holders of certificates.
   *
   * @default - use another kind
   */
  readonly certificates?: KyvernoCertificates;

  /**
   * An identity without a key.
   *
   * @default - use another kind
   */
  readonly keyless?: KyvernoKeyless;

  /**
   * A set of others.
   *
   * @default - use another kind
   */
  readonly attestor?: KyvernoAttestors;

  /**
   * Annotations that the signature has.
   *
   * @default - any
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Where the signatures are.
   *
   * @default - beside the image
   */
  readonly repository?: string;

  /**
   * sha224, sha256, sha384 or sha512.
   *
   * @default - left out: sha256
   */
  readonly signatureAlgorithm?: string;
}

/**
 * Those of whom some must have signed.
 */
export interface KyvernoAttestors {
  /** The attestors. */
  readonly entries: KyvernoAttestor[];

  /**
   * How many of them must have signed.
   *
   * @default - all of them
   */
  readonly count?: number;
}
