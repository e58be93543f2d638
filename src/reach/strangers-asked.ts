import type { Answer, Verdict } from './answer';
import { POLICY_CLUSTER } from './cilium-labels';
import type { Cluster, Question } from './cluster';
import { mostOf, passing } from './connection';
import { isOne, type Labels } from './known-pods';
import type { Request } from './l7';
import { isOfSet, isSame, type Party } from './party';
import { partiesAt, type Place, severalAt, strangersBeside } from './place';
import { hasPort, type PortAsked, portAsked, portAt } from './port-at';
import { PortSet, type Protocol, PROTOCOLS } from './port-set';
import { portNameIf } from './resolve-ports';
import type { Direction } from './rule';
import { isService } from './services';
import { type Stranger, strangerOf } from './strangers';
import type { World } from './world';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';

/**
 * The answers to a question for which one is expected. Where all has to be denied, also what passes, for sure or perhaps, for strangers
 * whom its places leave out for the sake of those in the set.
 */
export function answersExpecting(expected: Verdict | undefined, question: Question, set: Cluster): Answer[] {
  if (expected !== 'denied') return set.queryAll(question);
  const cluster = knowingBeside([question.from, question.to], set);
  return [...cluster.queryAll(question), ...answersOfStrangers(question, cluster)];
}

function answersOfStrangers({ from, to, port, protocol, ...request }: Question, cluster: Cluster): Answer[] {
  const asked = portAsked(port, protocol);
  const [sources, destinations] = [partiesAt(from, cluster.world), cluster.destinations({ to, port, protocol })];
  return pairsBeside({ from, to }, { sources, destinations, meet: party => ({ party, ...asked }) }, cluster)
    .flatMap(({ from: source, to: { party, ...own } }) => answersOn(own, source, party, request, cluster))
    .filter(({ verdict }) => verdict !== 'denied');
}

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

function answersOn(asked: PortAsked, from: Party, to: Party, request: Request, cluster: Cluster): Answer[] {
  if (typeof asked.port === 'string' && to.type === 'workload' && to.endpoint.stranger) return answersOnName(asked, from, to, request, cluster);
  if (!hasPort(to, asked)) return [];
  const { protocol, port } = portAt(to, asked);
  return passing(mostOf(cluster.connection(from, to))).has(protocol, port) ? [cluster.explain(from, to, { protocol, port, request })] : [];
}

const WITH_NAMES: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** Nobody knows what strangers call their ports: it may be any on which something passes. */
function answersOnName({ protocol, port }: PortAsked, from: Party, to: Party, request: Request, cluster: Cluster): Answer[] {
  const connection = cluster.connection(from, to);
  const most = mostOf(connection);
  const named = PortSet.union((protocol ? [protocol] : WITH_NAMES).map(one => PortSet.protocol(one)));
  const limits = [...connection.limited, ...most.limited].map(({ ports }) => ports);
  const alike = PortSet.cells([named.intersection(passing(most)), connection.open, ...limits]).filter(({ sets: [first] }) => first === 0);
  const answers = alike.map(({ ports }) => {
    const own = PROTOCOLS.find(one => ports.ranges(one).length > 0)!;
    return cluster.explain(from, to, { protocol: own, port: ports.ranges(own)[0]![0], request });
  });
  return answers.filter(({ verdict }) => verdict !== 'denied').slice(0, 1)
    .map(answer => ({ ...answer, verdict: 'depends', conditions: [...new Set([...answer.conditions, portNameIf([String(port)])])] }));
}
