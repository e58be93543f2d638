import type { IConstruct } from 'constructs';
import { ciliumItems } from './render-items';
import { orderedPeers, orderedPorts } from '../network/canonical-order';
import type { Peer } from '../network/peer';
import type { Port } from '../network/port';
import { checkPeersAndPorts, type Direction } from '../network/rule-checks';

/** An item of a deny list in one direction, before it is known which. */
export interface CiliumDeny {
  readonly peers: Peer[];
  readonly ports?: Port[];
  readonly icmps?: Port[];
}

/**
 * Peers and ports as denies that the agent takes: one kind of peer an item, and ICMP apart from ports.
 *
 * @param namespace of the policy; a cluster-wide one has none
 */
export function ciliumDenies(construct: IConstruct, direction: Direction, peers: Peer[], ports: Port[], namespace = ''): CiliumDeny[] {
  checkPeersAndPorts(construct, direction, peers, ports);
  return ciliumItems(orderedPeers(peers, namespace), orderedPorts(ports))
    .map(({ peers: group, toPorts, icmps }) => ({ peers: group, ports: toPorts?.flatMap(rule => rule.ports), icmps }));
}
