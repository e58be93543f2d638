/**
 * The HTTP request of a connection, for `AssertReachable` and `AssertUnreachable`.
 */
export interface AssertedRequest {
  /**
   * Method of the request.
   *
   * @default 'GET'
   */
  readonly method?: string;

  /**
   * Path of the request with its query, as the client sends it.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Host of the request, with the port where the client sends it.
   *
   * @default - none
   */
  readonly host?: string;

  /**
   * Headers of the request.
   *
   * @default - none
   */
  readonly headers?: { [key: string]: string };
}
