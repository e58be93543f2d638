import { type Allowance, excess, joinAllowances } from './allowance';
import type { Answer } from './answer';
import { answerOn } from './answer-on';
import type { Cluster } from './cluster';
import { isMeant, type RowEnd } from './flow-row';
import { isAlone, isOfSet, type Party, titleOf } from './party';
import type { PortSet } from './port-set';
import { DNS_PORTS, isClusterResolver } from './resolver';
import type { Direction } from './rule';
import { ToldElsewhere } from './told-elsewhere';

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
  const blocks = expected.flatMap(({ other: { blocks: own } }) => (own === undefined || own === 'world' ? [] : own));
  const others = cluster.map([4, 6], blocks).parties.filter(party => besides?.has(titleOf(party)) !== true);
  const told = new ToldElsewhere(cluster, others);
  return directions.flatMap(direction => subjects.flatMap(subject => others.flatMap(other => {
    const [from, to] = direction === 'egress' ? [subject, other] : [other, subject];
    // Nobody who comes is known by a name.
    if (isAlone(from, to) || isOwnNode(from) || from.type === 'name') return [];
    // What strangers do among themselves and with the outside is nothing that this set is about.
    if (!isOurs(subject, cluster) && !isOfSet(other)) return [];
    const allowed = expected.filter(one => isMeant(one.other, other)).map(one => one.allowedAt(to));
    const rest = excess(counted(from, to, cluster, told), joinAllowances(allowed));
    return answerOn(rest, from, to, cluster);
  })));
}

/** What passes, for sure or perhaps. Asking the resolver of the cluster does not count, without which nobody gets anywhere. */
function counted(from: Party, to: Party, cluster: Cluster, told: ToldElsewhere): Allowance {
  const connection = cluster.connection(from, to);
  const { open, limited } = connection;
  const passes = { open, limited, perhaps: told.perhapsHere(from, to, connection) };
  return to.type === 'workload' && isClusterResolver(to.endpoint) ? without(passes, DNS_PORTS) : passes;
}

function without({ open, limited, perhaps }: Allowance, ports: PortSet): Allowance {
  return {
    open: open.minus(ports), limited: limited.map(one => ({ ...one, ports: one.ports.minus(ports) })), perhaps: perhaps.minus(ports),
  };
}

/** One of the set, or one whose namespace is in it. */
function isOurs(party: Party, { world }: Cluster): boolean {
  return isOfSet(party) || (party.type === 'workload' && world.hasNamespace(party.endpoint.namespace));
}

/** It reaches its own pods whatever the policies say. */
function isOwnNode(party: Party): boolean {
  return party.type === 'entity' && party.entity === 'host';
}
