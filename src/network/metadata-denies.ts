import { Peer } from './peer';
import { Port } from './port';
import type { CiliumEgressDenyRule } from '../cilium/cilium-rule';
import type { Platform } from '../platform/platform';
import { METADATA_ADDRESSES, WIRE_SERVER } from '../target/addresses';

/**
 * The denies that close the metadata service. Where a resolver answers on the same address, the cluster's or Azure's, port 53 stays open.
 */
export function metadataDenies(platform: Platform): CiliumEgressDenyRule[] {
  const resolvers = METADATA_ADDRESSES.filter(cidr => platform.dns._answersOn(platform.cni, cidr));
  const others = METADATA_ADDRESSES.filter(cidr => !resolvers.includes(cidr));
  return [
    { to: others.map(cidr => Peer.cidr(cidr)) },
    { to: [Peer.cidr(WIRE_SERVER.address)], ports: WIRE_SERVER.ports.map(port => Port.tcp(port)) },
    ...(resolvers.length === 0 ? [] : [{
      to: resolvers.map(cidr => Peer.cidr(cidr)),
      ports: [Port.tcpRange(1, 52), Port.tcpRange(54, 65535), Port.udpRange(1, 52), Port.udpRange(54, 65535)],
    }]),
  ];
}
