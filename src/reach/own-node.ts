import type { Cluster } from './cluster';
import { mostOf, passing } from './connection';
import { isAlone, type Party } from './party';
import { meansSeveral } from './place';
import type { PortSet } from './port-set';

/** The places of a question. */
interface Places {
  readonly from: string;
  readonly to: string;
}

const ANOTHER_NODE: Party = { type: 'entity', entity: 'remote-node' };

/** Whether a pair is a pod and itself, and not asked about by name: it reaches itself whatever policies say. */
export function isOwnPod(places: Places, from: Party, to: Party): boolean {
  return isAlone(from, to) && (meansSeveral(places.from) || meansSeveral(places.to));
}

/**
 * Those of some ports on which a pair is meant. Its own node reaches a pod whatever policies say: where one of many is on the network of a
 * node, nobody means what passes from there only, and from no other node, not even perhaps.
 */
export function portsMeant(ports: PortSet, { from: place }: Places, from: Party, to: Party, cluster: Cluster): PortSet {
  const isOnNode = from.type === 'workload' && from.endpoint.hostNetwork && to.type === 'workload' && meansSeveral(place);
  return isOnNode ? ports.intersection(passing(mostOf(cluster.halfConnection('ingress', ANOTHER_NODE, to)))) : ports;
}
