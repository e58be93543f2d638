import { blockHolds } from '../../reach/address-block';
import type { Half } from '../../reach/half';
import { ENTITIES, type Party } from '../../reach/party';
import { PortSet } from '../../reach/port-set';
import { resolvePorts } from '../../reach/resolve-ports';
import type { Direction, Peer, Policy, Rule } from '../../reach/rule';

/** Whether a rule allows all that another does, whoever is in the cluster besides those in the set. */
export function coversRule(wide: Rule, narrow: Rule, half: Half, subject: Party): boolean {
  if (wide.authenticated || wide.ports.every(({ l7 }) => l7 !== undefined)) return false;
  return coversPorts(wide, narrow, half.direction, subject) && coversPeers(wide, narrow, half);
}

/** What a policy for the whole cluster does to namespaces that the set does not have, one for a namespace does not do. */
export function isAsWide(one: Policy, other: Policy): boolean {
  const isOfCluster = ({ located }: Policy) => located.object.kind === 'CiliumClusterwideNetworkPolicy';
  return isOfCluster(one) || !isOfCluster(other);
}

/** Peers outside of the set are compared by what they say: whoever is not in it may be let in by the one and not by the other. */
function coversPeers(wide: Rule, narrow: Rule, half: Half): boolean {
  if (wide.peers.length === 0) return true;
  if (narrow.peers.length === 0) return false;
  const isForAll = wide.peers.some(({ elsewhere }) => elsewhere === 'all');
  // A host is a class of the set only where pods run on its network.
  const coversEntities = (peer: Peer) => everyEntity(entity =>
    peer.matches(entity, half) === false || wide.peers.some(other => other.matches(entity, half) === true));
  return narrow.peers.every(peer => wide.peers.some(other => saysTheSame(other, peer)) || holdsBlocks(wide, peer, half)
    || (!peer.outside && (isForAll || peer.elsewhere === undefined) && !peer.classes.perhaps.isEmpty()
      && wide.peerClasses.sure.covers(peer.classes.perhaps) && coversEntities(peer)));
}

/** Whether blocks lie in others, which mean the nodes and pods too that they mean. */
function holdsBlocks(wide: Rule, { blocks = [], classes, matches }: Peer, half: Half): boolean {
  const wider = wide.peers.filter(peer => peer.blocks !== undefined);
  const all = wider.flatMap(peer => peer.blocks!);
  return blocks.length > 0 && blocks.every(({ block }) => all.some(one => blockHolds(one, block) === true))
    && wide.peerClasses.perhaps.covers(classes.perhaps)
    && everyEntity(entity => matches(entity, half) === false || wider.some(peer => peer.matches(entity, half) !== false));
}

function everyEntity(holds: (entity: Party) => boolean): boolean {
  return ENTITIES.every(entity => holds({ type: 'entity', entity }));
}

function saysTheSame(one: Peer, other: Peer): boolean {
  return one.text === other.text && one.classes.sure.covers(other.classes.sure) && one.classes.perhaps.covers(other.classes.perhaps);
}

/** Ports with a name are those of the subject of ingress. At the other end of egress, or where it has none so called, they may be any. */
function coversPorts(wide: Rule, narrow: Rule, direction: Direction, subject: Party): boolean {
  const open = wide.ports.filter(({ l7 }) => l7 === undefined);
  if (open.some(({ ports }) => ports.numbers === PortSet.ALL)) return true;
  const wideNames = open.flatMap(({ ports }) => ports.names.map(({ name }) => name));
  const isOffered = (name: string) => direction === 'ingress' && subject.type === 'workload' && subject.endpoint.ports.some(port => port.name === name);
  const names = narrow.ports.flatMap(({ ports }) => ports.names.map(({ name }) => name));
  if (names.some(name => !isOffered(name) && !wideNames.includes(name))) return false;
  const set = (entries: Rule['ports']) => PortSet.union(entries.map(({ ports }) => (direction === 'ingress' ? resolvePorts(ports, subject) : ports.numbers)));
  return set(open).covers(set(narrow.ports));
}
