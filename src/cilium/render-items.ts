import type { CiliumPortRule } from './cilium-port-rule';
import { ciliumPeerKind } from './render-peers';
import type { Peer } from '../network/peer';
import type { Port } from '../network/port';

/** An item of a CiliumNetworkPolicy in one direction, before it is known which. */
export interface CiliumItem {
  readonly peers: Peer[];
  readonly toPorts?: CiliumPortRule[];
  readonly icmps?: Port[];
}

/**
 * Peers and ports as items that the agent takes: one kind of peer an item, and ICMP apart from ports.
 */
export function ciliumItems(peers: Peer[], ports: Port[]): CiliumItem[] {
  const icmps = ports.filter(port => port._portSpec.kind === 'icmp');
  const transport = ports.filter(port => port._portSpec.kind !== 'icmp');
  return groupByKind(peers).flatMap(group => [
    ...(transport.length > 0 ? [{ peers: group, ...(transport[0]!._portSpec.kind !== 'all' && { toPorts: [{ ports: transport }] }) }] : []),
    ...(icmps.length > 0 ? [{ peers: group, icmps }] : []),
  ]);
}

/** Peers as groups that one item may hold. */
export function groupByKind(peers: Peer[]): Peer[][] {
  const kinds = [...new Set(peers.map(ciliumPeerKind))];
  return kinds.map(kind => peers.filter(peer => ciliumPeerKind(peer) === kind));
}
