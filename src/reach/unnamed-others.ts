import type { Cluster } from './cluster';
import type { FlowRow } from './flow-row';
import { type Party, titleOf } from './party';
import type { Direction } from './rule';
import { ANYBODY } from './strangers';

/**
 * Whom a table of flows does not name, since no policy had to do with them when it was written. That a policy begins to name somebody
 * opens nothing: they may do what any other pod may.
 */
export class UnnamedOthers {
  private readonly named: ReadonlySet<string>;

  constructor(rows: readonly FlowRow[], private readonly cluster: Cluster) {
    this.named = new Set(rows.flatMap(({ from, to }) => [from.trim(), to.trim()]));
  }

  /** By whose titles rows count for a pair. */
  titles(from: Party, to: Party): (readonly [string, string])[] {
    const [source, destination] = [titleOf(from), titleOf(to)];
    return [
      [source, destination],
      ...this.isAnybody(to, 'ingress') || (isOfCluster(to) && this.isOpen(from, 'egress')) ? [[source, ANYBODY] as const] : [],
      ...this.isAnybody(from, 'egress') || (isOfCluster(from) && this.isOpen(to, 'ingress')) ? [[ANYBODY, destination] as const] : [],
    ];
  }

  /** What the own node does to its pods goes without saying, and so does what others do among themselves. */
  isNothing(from: Party, to: Party): boolean {
    if (from.type === 'entity' && from.entity === 'host') return true;
    if (isOwn(from) || isOwn(to)) return false;
    const isNobody = (party: Party, direction: Direction) => party.type !== 'workload' || this.isAnybody(party, direction);
    return [from, to].some(({ type }) => type === 'workload') && isNobody(from, 'egress') && isNobody(to, 'ingress');
  }

  private isAnybody(party: Party, direction: Direction): boolean {
    if (party.type !== 'workload' || !party.endpoint.stranger) return false;
    return !party.endpoint.governed || (!this.named.has(titleOf(party)) && this.isOpen(party, direction));
  }

  private isOpen(party: Party, direction: Direction): boolean {
    return this.cluster.halfOf(direction, party).isolated === false;
  }
}

function isOwn(party: Party): boolean {
  return party.type === 'workload' && !party.endpoint.stranger;
}

/** Entities and nodes. */
function isOfCluster(party: Party): boolean {
  return party.type === 'node' || (party.type === 'entity' && party.entity !== 'world');
}
