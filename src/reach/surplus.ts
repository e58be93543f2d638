import { ADDRESS_OF_NAME } from './address-block';
import { type Allowance, excess, together } from './allowance';
import type { Answer } from './answer';
import type { Cluster } from './cluster';
import { isMeant, type RowEnd } from './flow-row';
import { type Party, titleOf } from './party';
import { PortSet, PROTOCOLS } from './port-set';
import { DNS_PORTS, isClusterResolver } from './resolver';
import type { Direction } from './rule';
import { NAME_LEADS_THERE } from './told-by-name';

/** With whom something may pass, and what; ports may have their number from the destination. */
export interface Expected {
  readonly other: RowEnd;
  allowedAt(destination: Party): Allowance;
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
    const allowed = expected.filter(one => isMeant(one.other, other)).map(one => one.allowedAt(to));
    const rest = excess(counted(from, to, cluster), together(allowed));
    const protocol = PROTOCOLS.find(one => rest.ranges(one).length > 0);
    return protocol === undefined ? [] : [cluster.explain(from, to, { protocol, port: rest.ranges(protocol)[0]![0], request: {} })];
  })));
}

/**
 * What passes, for sure or perhaps. That a DNS name leads to an address, or an address to a name, is told of the other one; and what
 * depends on a node, on which pods run or which is free to call its own pods, nobody can rule out. Asking the resolver of the cluster
 * does not count either, without which nobody gets anywhere.
 */
function counted(from: Party, to: Party, cluster: Cluster): Allowance {
  const { open, limited, perhaps } = cluster.connection(from, to);
  const isTold = perhaps.isEmpty() || isOfNode(from) || isOfNode(to) || isToldElsewhere(from, to, cluster);
  const passes = { open, limited, perhaps: isTold ? PortSet.NONE : perhaps };
  return to.type === 'workload' && isClusterResolver(to.endpoint) ? without(passes, DNS_PORTS) : passes;
}

function without({ open, limited, perhaps }: Allowance, ports: PortSet): Allowance {
  return {
    open: open.minus(ports), limited: limited.map(one => ({ ...one, ports: one.ports.minus(ports) })), perhaps: perhaps.minus(ports),
  };
}

function isToldElsewhere(from: Party, to: Party, cluster: Cluster): boolean {
  if (to.type !== 'addresses' && to.type !== 'name') return false;
  const [only, another] = cluster.conditions(from, to);
  return only === (to.type === 'name' ? ADDRESS_OF_NAME : NAME_LEADS_THERE) && another === undefined;
}

/** It reaches its own pods whatever the policies say. */
function isOwnNode(party: Party): boolean {
  return party.type === 'entity' && party.entity === 'host';
}

/** A node, what runs on its network, and the API server, which runs on a node or outside. */
function isOfNode(party: Party): boolean {
  if (party.type === 'workload') return party.endpoint.hostNetwork;
  return party.type === 'node' || (party.type === 'entity' && ['host', 'remote-node', 'kube-apiserver'].includes(party.entity));
}
