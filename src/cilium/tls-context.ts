/**
 * A Kubernetes Secret.
 */
export interface SecretReference {
  /** Name of the Secret. */
  readonly name: string;

  /**
   * Namespace of the Secret.
   *
   * @default - the namespace of the policy
   */
  readonly namespace?: string;
}

/**
 * Certificates for TLS interception.
 *
 * @see https://docs.cilium.io/en/stable/security/tls-visibility/
 */
export interface TlsContext {
  /** Secret with the certificates. */
  readonly secret: SecretReference;

  /**
   * Key in the Secret that holds the trusted CA.
   *
   * @default 'ca.crt'
   */
  readonly trustedCa?: string;

  /**
   * Key in the Secret that holds the certificate.
   *
   * @default 'tls.crt'
   */
  readonly certificate?: string;

  /**
   * Key in the Secret that holds the private key.
   *
   * @default 'tls.key'
   */
  readonly privateKey?: string;
}
