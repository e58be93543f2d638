import { AssertedRequest } from './asserted-request';
import { Port } from '../network/port';

/**
 * A connection, for `AssertReachable` and `AssertUnreachable`.
 */
export interface AssertedConnection {
  /**
   * Who connects: `namespace/name` of a workload, `namespace/app=web` for pods by label, `namespace/*` for a whole namespace, an address
   * or a CIDR, a DNS name, `world`, or an entity such as `host` and `kube-apiserver`. `Workload.place` names a workload. Where several
   * are meant, each of them.
   */
  readonly from: string;

  /**
   * Who is connected to, written like `from`.
   */
  readonly to: string;

  /**
   * The port that the destination listens on; with a range, each of its ports.
   */
  readonly port: Port;

  /**
   * The request that is sent, for policies that look at requests.
   *
   * @default - none: whether the connection opens is all that counts
   */
  readonly http?: AssertedRequest;
}
