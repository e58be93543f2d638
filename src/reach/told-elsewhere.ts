import { ON_DIFFERENT_NODES, ON_ONE_NODE } from './cases';
import { NODE_ADDRESS } from './cilium-addresses';
import { API_SERVER_NODE, WHERE_API_SERVER_RUNS } from './cilium-labels';
import { NODE_LABELS } from './cilium-peers';
import type { Cluster } from './cluster';
import { type Connection, mostOf, passing } from './connection';
import { UNDEFINED } from './kubernetes-dataplane';
import type { Party } from './party';
import { PortSet } from './port-set';
import { remember } from './remember';
import { isAddressOfName } from './rule-condition';
import { isToldByName } from './told-by-name';

/** What a rule about others says of nodes, and of the API server, which runs on a node or outside: it is told of those others. */
const TOLD_OF_OTHERS = [ON_ONE_NODE, ON_DIFFERENT_NODES, WHERE_API_SERVER_RUNS, API_SERVER_NODE, NODE_ADDRESS, UNDEFINED];
/** Of a pod on the host network also what a rule says of nodes by their labels. */
const TOLD_OF_NODES = [...TOLD_OF_OTHERS, NODE_LABELS];
const REMOTE_NODE: Party = { type: 'entity', entity: 'remote-node' };

/**
 * What perhaps passes because a rule means somebody else, of whom it is told: that a DNS name leads to an address or an address belongs to
 * a name, that a pod runs on a node or the API server does. Nobody is told by an other who is told by them.
 */
export class ToldElsewhere {
  private readonly leading = new Map<Party, PortSet>();

  constructor(private readonly cluster: Cluster, private readonly others: readonly Party[]) {}

  /** Ports on which something perhaps passes, without those of which it is told elsewhere. */
  perhapsHere(from: Party, to: Party, connection: Connection): PortSet {
    const { perhaps } = connection;
    if (perhaps.isEmpty()) return perhaps;
    if (to.type === 'addresses') return isToldByName(from, to, connection, this.cluster) ? PortSet.NONE : perhaps;
    if (to.type === 'name') return this.isOnly(isAddressOfName, from, to) ? perhaps.intersection(this.ofName(from, to)) : perhaps;
    if (!isOfNode(from) && !isOfNode(to)) return perhaps;
    const isPod = [from, to].some(party => party.type === 'workload' && party.endpoint.hostNetwork);
    const told = isPod ? TOLD_OF_NODES : TOLD_OF_OTHERS;
    return this.isOnly(one => told.includes(one), from, to) ? perhaps.intersection(this.ofNode(from, to)) : perhaps;
  }

  private isOnly(isTold: (condition: string) => boolean, from: Party, to: Party): boolean {
    return this.cluster.conditions(from, to).every(isTold);
  }

  /** A name that is allowed itself, where of the addresses only that a name leads there is known. */
  private ofName(from: Party, to: Party): PortSet {
    const leading = remember(this.leading, from, () => PortSet.union(this.others.map(party => {
      if (party.type !== 'addresses') return PortSet.NONE;
      const connection = this.cluster.connection(from, party);
      return isToldByName(from, party, connection, this.cluster) ? connection.perhaps : PortSet.NONE;
    })));
    return leading.intersection(this.cluster.meantForSure('egress', from, to));
  }

  /** What is allowed itself and perhaps denied. Its own node reaches a pod whatever the policies say. */
  private ofNode(from: Party, to: Party): PortSet {
    const told = (['egress', 'ingress'] as const).map(direction =>
      this.cluster.halfConnection(direction, from, to).perhaps.minus(this.cluster.meantForSure(direction, from, to)));
    const here = PortSet.ALL.minus(PortSet.union(told));
    return from.type === 'workload' && from.endpoint.hostNetwork
      ? here.intersection(passing(mostOf(this.cluster.halfConnection('ingress', REMOTE_NODE, to)))) : here;
  }
}

/** A node, what runs on its network, and the API server. */
function isOfNode(party: Party): boolean {
  if (party.type === 'workload') return party.endpoint.hostNetwork;
  return party.type === 'node' || (party.type === 'entity' && ['host', 'remote-node', 'kube-apiserver'].includes(party.entity));
}
