import type { Answer } from './answer';
import type { Cluster } from './cluster';
import type { Connection } from './connection';
import { isMeant, type RowEnd } from './flow-row';
import { beyond } from './flow-surplus';
import { type Party, titleOf } from './party';
import { PortSet, PROTOCOLS } from './port-set';
import { DNS_PORTS, isClusterResolver } from './resolver';
import type { Direction } from './rule';

/** With whom something may pass, and what. */
export interface Expected {
  readonly other: RowEnd;
  /** Whether that holds for some requests only. */
  readonly limited?: boolean;
  /** The ports, which may have their number from the destination. */
  portsAt(destination: Party): PortSet;
}

export interface SurplusOptions {
  readonly cluster: Cluster;
  readonly directions: readonly Direction[];
  readonly expected: readonly Expected[];
  /** Titles of those whose connections nobody asks about. */
  readonly besides?: ReadonlySet<string>;
}

/** What passes between some and others beyond what is expected: an answer for each pair, about one of the ports. */
export function surplus(subjects: readonly Party[], { cluster, directions, expected, besides }: SurplusOptions): Answer[] {
  const blocks = expected.flatMap(({ other: { block } }) => (block === undefined || block === 'world' ? [] : [block]));
  const others = cluster.map([4, 6], blocks).parties.filter(party => besides?.has(titleOf(party)) !== true);
  return directions.flatMap(direction => subjects.flatMap(subject => others.flatMap(other => {
    const [from, to] = direction === 'egress' ? [subject, other] : [other, subject];
    if (titleOf(from) === titleOf(to) || isOwnNode(from)) return [];
    const fine = expected.filter(one => isMeant(one.other, other));
    const portsOf = (limited: boolean) => PortSet.union(fine.filter(one => (one.limited ?? false) === limited).map(one => one.portsAt(to)));
    const rest = beyond(likely(from, to, cluster), { open: portsOf(false), limited: portsOf(true) });
    const protocol = PROTOCOLS.find(one => rest.ranges(one).length > 0);
    return protocol === undefined ? [] : [cluster.explain(from, to, { protocol, port: rest.ranges(protocol)[0]![0], request: {} })];
  })));
}

/**
 * What passes for sure, and between workloads what perhaps does. An address may always be that of a DNS name that is allowed, and a
 * node is free to call its own pods: neither can be ruled out, so neither counts. Nor does asking the
 * resolver of the cluster, without which nobody gets anywhere.
 */
function likely(from: Party, to: Party, cluster: Cluster): Pick<Connection, 'open' | 'limited'> {
  const { open, limited, perhaps } = cluster.connection(from, to);
  const ports = isOrdinary(from) && isOrdinary(to) ? open.union(perhaps) : open;
  if (to.type !== 'workload' || !isClusterResolver(to.endpoint)) return { open: ports, limited };
  return { open: ports.minus(DNS_PORTS), limited: limited.map(one => ({ ...one, ports: one.ports.minus(DNS_PORTS) })) };
}

/** It reaches its own pods whatever the policies say. */
function isOwnNode(party: Party): boolean {
  return party.type === 'entity' && party.entity === 'host';
}

function isOrdinary(party: Party): boolean {
  return party.type === 'workload' && !party.endpoint.hostNetwork;
}
