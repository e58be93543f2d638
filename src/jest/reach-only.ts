import { allowedBy } from '../reach/allowance';
import type { Answer } from '../reach/answer';
import type { Cluster } from '../reach/cluster';
import { isOwn } from '../reach/endpoint';
import { type FlowRow, pairsOf, readEnd } from '../reach/flow-row';
import { runFlowTable } from '../reach/flow-table';
import { titleOf } from '../reach/party';
import { insistOnSomebody, partiesAt, type Place, strangersBeside } from '../reach/place';
import { portsNamed } from '../reach/port-at';
import { parsePorts } from '../reach/port-text';
import type { Direction } from '../reach/rule';
import { isService } from '../reach/services';
import { type Expected, surplus } from '../reach/surplus';

/**
 * Ports by place: `{ 'payments/postgres': 5432, 'kube-system/coredns': ['53/udp', '53/tcp'] }`. A port is a number, which means TCP, or
 * a text: `8080/tcp`, `9090-9099/udp`, `tcp` for every port of a protocol, `icmp/8`, `any`, or the name that the destination gives to it.
 * Where only some requests pass: `{ port: 8000, only: ['GET /v1/models'] }`; where it is not sure: `{ port: 443, expect: 'depends' }`.
 */
export type Reachable = Readonly<Record<Place, ReachablePort | readonly ReachablePort[]>>;

/** Without `only`, any request may pass. */
export type ReachablePort = number | string | {
  readonly port: number | string;
  /** All requests that pass, as policies write them and answers tell them; with `depends`, all that do for sure. */
  readonly only?: readonly string[];
  /** `depends` for what passes under a condition that the manifests do not settle. @default 'allowed' */
  readonly expect?: 'allowed' | 'depends';
};

/** Whom some reach and nobody else, or who reaches some and nobody else. */
export type ReachOnly = { readonly from: Place; readonly to: Reachable } | { readonly to: Place; readonly from: Reachable };

/** What is not as expected: connections that should pass and do not, and those that pass and should not. */
export function compareReach(set: Cluster, { from, to }: ReachOnly): { readonly missing: Answer[]; readonly more: Answer[] } {
  const [place, others, direction] = typeof from === 'string' ? [from, to as Reachable, 'egress' as const] : [to as Place, from, 'ingress' as const];
  const cluster = set.knowing([place, ...Object.keys(others)]);
  insistOnSomebody(cluster.world);
  const ports = Object.entries(others).flatMap(([other, given]) => [given].flat().map(one => ({ other, ...portOf(one) })));
  const flows = ports.map(({ other, port, only, expect = 'allowed' }): FlowRow => ({
    ...direction === 'egress' ? { from: place, to: other } : { from: other, to: place }, port, only, expect,
  }));
  const missing = runFlowTable({ flows, nothingElse: false }, cluster).flatMap(({ answers }) => answers);
  const expected = flows.flatMap(row => expectedBy(row, direction, cluster));
  const { world } = cluster;
  // That nothing else passes has to hold for those too whom policies are about and the set does not have.
  const subjects = [...partiesAt(place, world), ...strangersBeside(place, world).filter(({ endpoint }) => (
    isOwn(endpoint) || world.hasNamespace(endpoint.namespace)
  ))];
  return { missing, more: surplus(subjects, { cluster, directions: [direction], expected }) };
}

function expectedBy(row: FlowRow, direction: Direction, cluster: Cluster): Expected[] {
  if (isService(row.to)) {
    return pairsOf(row, cluster)
      .map(({ to, ports }) => ({ other: { titles: new Set([titleOf(to)]) }, allowedAt: () => allowedBy(row, ports) }));
  }
  const other = readEnd(direction === 'egress' ? row.to : row.from, cluster);
  return [{ other, allowedAt: destination => allowedBy(row, parsePorts(row.port) ?? portsNamed(destination, row.port)) }];
}

function portOf(given: ReachablePort): Pick<FlowRow, 'port' | 'only'> & { readonly expect?: 'allowed' | 'depends' } {
  return typeof given === 'object' ? { ...given, port: String(given.port) } : { port: String(given) };
}
