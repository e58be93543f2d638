import { POLICY_CLUSTER } from './cilium-labels';
import type { Cluster, Question } from './cluster';
import { isOne, type Labels } from './known-pods';
import { isOfSet, isSame, type Party } from './party';
import { type Place, severalAt, strangersBeside } from './place';
import type { Direction } from './rule';
import { isService } from './services';
import { type Stranger, strangerOf } from './strangers';
import type { World } from './world';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';

/**
 * The same set, and in each namespace that is named with several of its pods those whom policies mean by labels that it may have: whether
 * something passes there is told by those that it has.
 */
export function knowingBeside(places: readonly Place[], set: Cluster): Cluster {
  const cluster = set.knowing(places);
  const known = new Set(cluster.world.strangers.map(({ title }) => title));
  const there = [...new Set(places)].flatMap(place => strangersThere(place, cluster.world));
  return cluster.withStrangers(there.filter(({ title }) => !known.has(title)));
}

function strangersThere(place: Place, world: World): Stranger[] {
  const several = severalAt(place);
  if (!several) return [];
  const { namespace, isMeant } = several;
  return world.strangers.filter(stranger => isMeant(stranger) && mayBeIn(namespace, stranger, world))
    .map(({ labels, governed, policy }) => (
      strangerOf({ [NAMESPACE_NAME_LABEL]: namespace }, labels, { alike: 0, governed, asked: true, policy })
    ));
}

/** Whether a namespace may be the one that is meant; one that stands for several may be any. */
function mayBeIn(namespace: string, { namespaceLabels, labels, alike }: Stranger, { namespaces, target }: World): boolean {
  const { clusterName = 'default' } = target;
  if ((labels[POLICY_CLUSTER] ?? clusterName) !== clusterName) return false;
  const own: Labels = { ...namespaces.get(namespace), [NAMESPACE_NAME_LABEL]: namespace };
  const known = namespaces.has(namespace) ? Object.keys(namespaceLabels) : [NAMESPACE_NAME_LABEL];
  return alike > 0 || known.every(key => namespaceLabels[key] === undefined || isOne(own[key], namespaceLabels[key]));
}

/** Who is meant by both places of a question, and how somebody becomes a destination. */
export interface Ends<Destination> {
  readonly sources: readonly Party[];
  readonly destinations: readonly Destination[];
  meet(party: Party): Destination;
}

/** Pairs that a question means besides, if it has to be denied; the set has somebody of the two, or policies about them. */
export function pairsBeside<Destination extends { readonly party: Party }>(
  { from, to }: Pick<Question, 'from' | 'to'>, { sources, destinations, meet }: Ends<Destination>, cluster: Cluster,
): { readonly from: Party; readonly to: Destination }[] {
  const { world } = cluster;
  const outgoing = strangersBeside(from, world);
  const incoming = isService(to) ? [] : strangersBeside(to, world).map(meet);
  const pairs = [
    ...outgoing.flatMap(source => [...destinations, ...incoming].map(destination => ({ from: source, to: destination }))),
    ...sources.flatMap(source => incoming.map(destination => ({ from: source, to: destination }))),
  ];
  const isOurs = (direction: Direction, party: Party) => isOfSet(party) || cluster.halfOf(direction, party).policies.length > 0;
  return pairs.filter(({ from: source, to: { party } }) => !isSame(source, party) && (isOurs('egress', source) || isOurs('ingress', party)));
}
