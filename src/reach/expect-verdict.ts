import type { Answer, Verdict } from './answer';
import { type Cluster, probeOf, type Question } from './cluster';
import { mostOf, passing } from './connection';
import { insistQuestion } from './insist-question';
import type { Request } from './l7';
import { isOwnPod, portsMeant } from './own-node';
import { knowingBeside, pairsBeside } from './pairs-beside';
import { isAlone, type Party } from './party';
import { partiesAt } from './place';
import { hasPort, type PortAsked, portAsked, portAt } from './port-at';
import { PortSet, type Protocol } from './port-set';
import { portNameIf } from './resolve-ports';

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
  const answers = alike.map(({ ports }) => cluster.explain(from, to, { ...ports.first!, request }));
  return answers.filter(({ verdict }) => verdict !== 'denied').slice(0, 1)
    .map(answer => ({ ...answer, verdict: 'depends', conditions: [...new Set([...answer.conditions, portNameIf([String(port)])])] }));
}
