/** What a Kafka client may do with a topic. */
export enum KafkaRole {
  /** Write to it, with the requests that this takes. */
  PRODUCE = 'produce',
  /** Read from it, with the requests that this takes. */
  CONSUME = 'consume',
}

/**
 * A Kafka request that is allowed. Cilium up to 1.19.
 *
 * @see https://docs.cilium.io/en/v1.18/security/policy/layer7/#kafka-beta
 */
export interface KafkaRule {
  /**
   * What the client may do; covers the request types that this takes.
   *
   * @default - given by `apiKey`, or any request
   */
  readonly role?: KafkaRole;

  /**
   * One type of request by its name, such as `metadata`. Not together with `role`.
   *
   * @default - given by `role`, or any request
   */
  readonly apiKey?: string;

  /**
   * Version of the request.
   *
   * @default - any
   */
  readonly apiVersion?: string;

  /**
   * Client id in the request.
   *
   * @default - any
   */
  readonly clientId?: string;

  /**
   * Topic in the request, at most 255 letters, digits, dots, underscores and hyphens.
   *
   * @default - any
   */
  readonly topic?: string;
}
