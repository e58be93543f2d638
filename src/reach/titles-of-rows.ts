import type { Cluster } from './cluster';
import { type Party, titleOf } from './party';
import type { Direction } from './rule';
import { ANYBODY } from './strangers';

/**
 * By whose titles rows of a table count for a pair. Who is not of the set may do what any other pod may, and so may whoever else is in the
 * cluster where no policy isolates the other end: that a policy begins to name them opens nothing.
 */
export function titlesOfRows(from: Party, to: Party, cluster: Cluster): (readonly [string, string])[] {
  const [source, destination] = [titleOf(from), titleOf(to)];
  const isOpen = (party: Party, direction: Direction) => cluster.halfOf(direction, party).isolated === false;
  return [
    [source, destination],
    ...isElsewhere(to) || (isOfCluster(to) && isOpen(from, 'egress')) ? [[source, ANYBODY] as const] : [],
    ...isElsewhere(from) || (isOfCluster(from) && isOpen(to, 'ingress')) ? [[ANYBODY, destination] as const] : [],
  ];
}

/** Whom no policy is about. */
function isElsewhere(party: Party): boolean {
  return party.type === 'workload' && party.endpoint.stranger && !party.endpoint.governed;
}

/** Entities and nodes. */
function isOfCluster(party: Party): boolean {
  return party.type === 'node' || (party.type === 'entity' && party.entity !== 'world');
}
