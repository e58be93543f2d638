import type { Cluster } from '../../reach/cluster';
import { isSame, type Party } from '../../reach/party';
import type { Direction } from '../../reach/rule';

/**
 * Whether people are told of a pair by another line: who is open to every address because no policy is about him is open to every pod, and
 * so are his own pods to one another.
 */
export function isToldByAddresses(cluster: Cluster, from: Party, to: Party): boolean {
  if (isSame(from, to)) return isUngoverned(cluster, 'egress', from) && isUngoverned(cluster, 'ingress', to);
  return (isElsewhere(from) && isUngoverned(cluster, 'ingress', to)) || (isElsewhere(to) && isUngoverned(cluster, 'egress', from));
}

function isElsewhere(party: Party): boolean {
  return party.type === 'workload' && party.endpoint.stranger && !party.endpoint.governed;
}

function isUngoverned(cluster: Cluster, direction: Direction, party: Party): boolean {
  const { isolated, deny } = cluster.halfOf(direction, party);
  return isolated === false && deny.length === 0;
}
