/**
 * The HTTP request of a connection, for `AssertReachable` and `AssertUnreachable`. Parts that are left out may be anything: where a rule
 * asks for one of them, nothing is certain, and neither assertion holds.
 */
export interface AssertedRequest {
  /**
   * Method of the request.
   *
   * @default - may be any
   */
  readonly method?: string;

  /**
   * Path of the request with its query, as the client sends it.
   *
   * @default - may be any
   */
  readonly path?: string;

  /**
   * Host of the request, with the port where the client sends it.
   *
   * @default - may be any
   */
  readonly host?: string;

  /**
   * Headers of the request. An empty value is that of a header that is not sent.
   *
   * @default - may be any
   */
  readonly headers?: { [key: string]: string };
}
