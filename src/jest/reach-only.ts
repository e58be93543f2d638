import type { Answer } from '../reach/answer';
import type { Cluster } from '../reach/cluster';
import { type FlowRow, readEnd, runFlowTable } from '../reach/flow-table';
import type { Party } from '../reach/party';
import { partiesAt, type Place } from '../reach/place';
import { parsePorts } from '../reach/port-text';
import { surplus } from '../reach/surplus';

/**
 * Ports by place: `{ 'payments/postgres': 5432, 'kube-system/coredns': ['53/udp', '53/tcp'] }`. A port is a number, which means TCP, or
 * a text: `8080/tcp`, `9090-9099/udp`, `tcp` for every port of a protocol, `icmp/8`, `any`, or the name that the destination gives to it.
 */
export type Reachable = Readonly<Record<Place, number | string | readonly (number | string)[]>>;

/** Whom some reach and nobody else, or who reaches some and nobody else. */
export type ReachOnly = { readonly from: Place; readonly to: Reachable } | { readonly to: Place; readonly from: Reachable };

/** What is not as expected: connections that should pass and do not, and those that pass and should not. */
export function compareReach(cluster: Cluster, { from, to }: ReachOnly): { readonly missing: Answer[]; readonly more: Answer[] } {
  const [place, others, direction] = typeof from === 'string' ? [from, to as Reachable, 'egress' as const] : [to as Place, from, 'ingress' as const];
  const ports = Object.entries(others).flatMap(([other, given]) => [given].flat().map(port => ({ other, port: String(port) })));
  const flows = ports.map(({ other, port }): FlowRow => (
    direction === 'egress' ? { from: place, to: other, port, expect: 'allowed' } : { from: other, to: place, port, expect: 'allowed' }
  ));
  const missing = runFlowTable({ flows, nothingElse: false }, cluster).flatMap(({ answers }) => answers);
  const expected = ports.map(({ other, port }) => ({
    other: readEnd(other, cluster), portsAt: (destination: Party) => parsePorts(port) ?? cluster.namedPort(destination, port),
  }));
  return { missing, more: surplus(partiesAt(place, cluster.world), { cluster, directions: [direction], expected }) };
}
