import type { Answer, Verdict } from './answer';
import { POLICY_CLUSTER } from './cilium-labels';
import { type Cluster, probeOf, type Question } from './cluster';
import { mostOf, passing } from './connection';
import { insistQuestion } from './insist-question';
import { isOne, type Labels } from './known-pods';
import type { Request } from './l7';
import { isOwnPod, portsMeant } from './own-node';
import { isAlone, isOfSet, isSame, type Party } from './party';
import { partiesAt, type Place, severalAt, strangersBeside } from './place';
import { hasPort, type PortAsked, portAsked, portAt } from './port-at';
import { PortSet, type Protocol, PROTOCOLS } from './port-set';
import { portNameIf } from './resolve-ports';
import type { Direction } from './rule';
import { isService } from './services';
import { type Stranger, strangerOf } from './strangers';
import type { World } from './world';
import { NAMESPACE_NAME_LABEL } from '../target/well-known-labels';

/** What is told of a question for which a verdict may be expected. */
export interface Expectation {
  /** Answers that are not as expected. */
  readonly unexpected: readonly Answer[];
  /** All of them. They are told when they are wanted: with many, to explain each takes long. */
  readonly answers: () => readonly Answer[];
}

/**
 * Compares the answers to a question with a verdict. Where all has to be denied, what passes, for sure or perhaps, for strangers whom its
 * places leave out for the sake of those in the set is not as expected either; what passes whatever policies say, for a pod to itself or
 * from its own node, is, unless it is asked about by name.
 */
export function expectVerdict(expected: Verdict | undefined, question: Question, set: Cluster): Expectation {
  if (expected === 'denied') return expectDenied(question, set);
  const answers = set.queryAll(question);
  return { unexpected: answers.filter(({ verdict }) => expected !== undefined && verdict !== expected), answers: () => answers };
}

function expectDenied(question: Question, set: Cluster): Expectation {
  insistQuestion(question);
  const cluster = knowingBeside([question.from, question.to], set);
  const pairs = cluster.pairsAsked(question);
  const beside = answersOfStrangers(question, cluster);
  const unexpected = pairs.flatMap(({ from, to, asked }) => {
    // A port that nobody has is an error, whoever is left out.
    const probe = probeOf(to, asked, question);
    if (isOwnPod(question, from, to)) return [];
    const isAsked = isAlone(from, to) || mayPass(question, from, to, cluster).has(probe.protocol, probe.port);
    return isAsked ? [cluster.explain(from, to, probe)] : [];
  });
  return {
    unexpected: [...unexpected.filter(({ verdict }) => verdict !== 'denied'), ...beside],
    answers: () => [...cluster.queryAll(question), ...beside],
  };
}

/** Known for classes of workloads, which is much faster than to explain why nothing passes. */
function mayPass(places: Pick<Question, 'from' | 'to'>, from: Party, to: Party, cluster: Cluster): PortSet {
  return portsMeant(passing(mostOf(cluster.connection(from, to))), places, from, to, cluster);
}

function answersOfStrangers({ from, to, port, protocol, ...request }: Question, cluster: Cluster): Answer[] {
  const asked = portAsked(port, protocol);
  const [sources, destinations] = [partiesAt(from, cluster.world), cluster.destinations({ to, port, protocol })];
  return pairsBeside({ from, to }, { sources, destinations, meet: party => ({ party, ...asked }) }, cluster)
    .flatMap(({ from: source, to: { party, ...own } }) => {
      const ports = mayPass({ from, to }, source, party, cluster);
      return answersOn(own, { from: source, to: party, ports }, request, cluster);
    })
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

/** Two who are meant, and on which ports something may pass. */
interface Meant {
  readonly from: Party;
  readonly to: Party;
  readonly ports: PortSet;
}

function answersOn(asked: PortAsked, { from, to, ports }: Meant, request: Request, cluster: Cluster): Answer[] {
  if (typeof asked.port === 'string' && to.type === 'workload' && to.endpoint.stranger) {
    return answersOnName(asked, { from, to, ports }, request, cluster);
  }
  if (!hasPort(to, asked)) return [];
  const { protocol, port } = portAt(to, asked);
  return ports.has(protocol, port) ? [cluster.explain(from, to, { protocol, port, request })] : [];
}

const WITH_NAMES: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** Nobody knows what strangers call their ports: it may be any on which something passes. */
function answersOnName({ protocol, port }: PortAsked, { from, to, ports: passed }: Meant, request: Request, cluster: Cluster): Answer[] {
  const connection = cluster.connection(from, to);
  const most = mostOf(connection);
  const named = PortSet.union((protocol ? [protocol] : WITH_NAMES).map(one => PortSet.protocol(one)));
  const limits = [...connection.limited, ...most.limited].map(({ ports }) => ports);
  const alike = PortSet.cells([named.intersection(passed), connection.open, ...limits]).filter(({ sets: [first] }) => first === 0);
  const answers = alike.map(({ ports }) => {
    const own = PROTOCOLS.find(one => ports.ranges(one).length > 0)!;
    return cluster.explain(from, to, { protocol: own, port: ports.ranges(own)[0]![0], request });
  });
  return answers.filter(({ verdict }) => verdict !== 'denied').slice(0, 1)
    .map(answer => ({ ...answer, verdict: 'depends', conditions: [...new Set([...answer.conditions, portNameIf([String(port)])])] }));
}
