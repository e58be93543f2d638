import { SecretReference } from './tls-context';

/** What happens to a request whose header does not have the value. */
export enum HeaderMismatch {
  /** The request is let through and logged. */
  LOG = 'LOG',
  /** The header is added and the request let through. */
  ADD = 'ADD',
  /** The header is removed and the request let through. */
  DELETE = 'DELETE',
  /** The header is replaced and the request let through. */
  REPLACE = 'REPLACE',
}

/**
 * A header and its value.
 */
export interface HeaderMatch {
  /** Name of the header. */
  readonly name: string;

  /**
   * The value, compared in full.
   *
   * @default - taken from `secret`
   */
  readonly value?: string;

  /**
   * A Secret that holds the value.
   *
   * @default - taken from `value`
   */
  readonly secret?: SecretReference;

  /**
   * What happens when the value differs. All choices let the request through.
   *
   * @default - the request is refused
   */
  readonly mismatch?: HeaderMismatch;
}
