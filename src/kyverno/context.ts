/**
 * Data that a rule can refer to by a name: `{{ name }}`. Exactly one source.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/external-data-sources/
 */
export interface KyvernoContextEntry {
  /** Name of the variable. */
  readonly name: string;

  /**
   * A value that is computed once.
   *
   * @default - another source
   */
  readonly variable?: KyvernoContextVariable;

  /**
   * A ConfigMap. Its entries are `{{ name.data.key }}`.
   *
   * @default - another source
   */
  readonly configMap?: KyvernoConfigMapReference;

  /**
   * An answer of the Kubernetes API or of a service.
   *
   * @default - another source
   */
  readonly apiCall?: KyvernoApiCall;

  /**
   * Metadata of an image.
   *
   * @default - another source
   */
  readonly imageRegistry?: KyvernoImageRegistry;

  /**
   * A GlobalContextEntry.
   *
   * @default - another source
   */
  readonly globalReference?: KyvernoGlobalReference;
}

/**
 * A computed value: a literal, a JMESPath expression, or the expression on the literal.
 */
export interface KyvernoContextVariable {
  /**
   * The literal.
   *
   * @default - none
   */
  readonly value?: any;

  /**
   * The expression.
   *
   * @default - none
   */
  readonly jmesPath?: string;

  /**
   * What holds where the expression gives null. Needs `jmesPath`.
   *
   * @default - null is an error
   */
  readonly default?: any;
}

/**
 * A ConfigMap.
 */
export interface KyvernoConfigMapReference {
  /** Name. May hold variables. */
  readonly name: string;

  /** Namespace. May hold variables. */
  readonly namespace: string;
}

/**
 * The method of an API call.
 */
export enum KyvernoApiMethod {
  /** Reads. */
  GET = 'GET',
  /** Sends data. */
  POST = 'POST',
}

/**
 * A call of the Kubernetes API by `urlPath`, or of another service.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/external-data-sources/#variables-from-kubernetes-api-server-calls
 */
export interface KyvernoApiCall {
  /**
   * Path on the API server, such as `/api/v1/namespaces`.
   *
   * @default - use `service`
   */
  readonly urlPath?: string;

  /**
   * Another service.
   *
   * @default - use `urlPath`
   */
  readonly service?: KyvernoServiceCall;

  /**
   * The method.
   *
   * @default KyvernoApiMethod.GET
   */
  readonly method?: KyvernoApiMethod;

  /**
   * What is sent with POST.
   *
   * @default - nothing
   */
  readonly data?: KyvernoRequestData[];

  /**
   * A JMESPath expression on the answer.
   *
   * @default - the whole answer
   */
  readonly jmesPath?: string;

  /**
   * What holds where the call fails.
   *
   * @default - the rule fails with an error
   */
  readonly default?: any;
}

/**
 * A service outside the Kubernetes API.
 */
export interface KyvernoServiceCall {
  /** Address of the service. */
  readonly url: string;

  /**
   * Certificates in PEM that the service is trusted by.
   *
   * @default - those of the system
   */
  readonly caBundle?: string;

  /**
   * Headers of the request.
   *
   * @default - none
   */
  readonly headers?: KyvernoHeader[];
}

/**
 * A header of a request.
 */
export interface KyvernoHeader {
  /** Name of the header. */
  readonly key: string;

  /** Value of the header. */
  readonly value: string;
}

/**
 * A field of what is sent.
 */
export interface KyvernoRequestData {
  /** Name of the field. */
  readonly key: string;

  /** Value of the field. May hold variables. */
  readonly value: any;
}

/**
 * Metadata of an image in a registry.
 */
export interface KyvernoImageRegistry {
  /** Reference of the image. May hold variables. */
  readonly reference: string;

  /**
   * A JMESPath expression on the metadata.
   *
   * @default - all of it
   */
  readonly jmesPath?: string;

  /**
   * How to sign in.
   *
   * @default - anonymously
   */
  readonly imageRegistryCredentials?: KyvernoRegistryCredentials;
}

/**
 * The clouds whose credentials Kyverno can find by itself.
 */
export enum KyvernoRegistryProvider {
  /** The Docker configuration of Kyverno's pod. */
  DEFAULT = 'default',
  /** Elastic Container Registry. */
  AMAZON = 'amazon',
  /** Azure Container Registry. */
  AZURE = 'azure',
  /** Google Artifact Registry. */
  GOOGLE = 'google',
  /** GitHub Container Registry. */
  GITHUB = 'github',
}

/**
 * How to sign in to a registry.
 */
export interface KyvernoRegistryCredentials {
  /**
   * Secrets in Kyverno's namespace.
   *
   * @default - none
   */
  readonly secrets?: string[];

  /**
   * Clouds.
   *
   * @default - none
   */
  readonly providers?: KyvernoRegistryProvider[];

  /**
   * Whether plain HTTP and unknown certificates will do.
   *
   * @default - left out, which is no
   */
  readonly allowInsecureRegistry?: boolean;
}

/**
 * A GlobalContextEntry by name.
 */
export interface KyvernoGlobalReference {
  /** Name of the entry. */
  readonly name: string;

  /**
   * A JMESPath expression on its data.
   *
   * @default - all of it
   */
  readonly jmesPath?: string;
}
