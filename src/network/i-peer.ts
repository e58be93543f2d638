import type { Peer } from './peer';

/**
 * Anything that traffic can come from or go to: a `Peer`, a `Workload`, or a class of your own that knows how to say which pods
 * it means.
 */
export interface IPeer {
  /** The peer as policies name it. */
  toPeer(): Peer;
}
