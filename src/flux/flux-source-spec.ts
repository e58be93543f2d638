/**
 * What every source is told.
 */
export interface FluxSourceSpec {
  /**
   * Name of the Secret with the credentials, in the namespace of the source.
   *
   * @default - none
   */
  readonly secretName?: string;

  /**
   * How long fetching may take, as a Go duration without hours.
   *
   * @default - left out: 60s
   */
  readonly timeout?: string;

  /**
   * Whether nothing is fetched for now.
   *
   * @default - left out, which is no
   */
  readonly suspend?: boolean;
}
