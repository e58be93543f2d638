import type { Answer } from './answer';
import type { Cluster, Question } from './cluster';
import { type Connection, passing } from './connection';
import { coversRequests } from './covers-request';
import { type FlowRow, pairsOf } from './flow-row';
import { unexpected } from './flow-surplus';
import type { Party } from './party';
import { PortSet, PROTOCOLS } from './port-set';
import { parsePorts } from './port-text';
import { isService } from './services';
import { GuardrailsError } from '../values/guardrails-error';

export interface FlowTable {
  readonly flows: readonly FlowRow[];
  /** Whether everything that is allowed between workloads, or to and from the outside, has to be in a row. */
  readonly nothingElse: boolean;
  /** Which cluster it is about, where manifests are of several. */
  readonly cluster?: string;
}

export interface FlowResult {
  readonly name: string;
  readonly passed: boolean;
  /** What was found instead of what was expected. */
  readonly found: string;
  /** The answers that say why, of pairs for which it is not as expected. */
  readonly answers: readonly Answer[];
}

/** Compares what passes with a table. @throws GuardrailsError for a row about nobody */
export function runFlowTable({ flows, nothingElse }: FlowTable, set: Cluster): FlowResult[] {
  // Pods that no policy means any more are still in the table.
  const cluster = set.knowing(flows.flatMap(({ from, to }) => [from, to]));
  const results = flows.map((row, index) => (flows.length === 1 ? runRow(row, cluster) : named(`flows[${index}]`, () => runRow(row, cluster))));
  return nothingElse ? [...results, ...unexpected(flows, cluster)] : results;
}

export function rowName({ name, from, to, port, expect, http, only }: FlowRow): string {
  const requests = only?.join(', ');
  const what = requests === undefined ? expect : `allowed for ${requests}${expect === 'depends' ? ', and for others it depends' : ' and nothing else'}`;
  return name ?? `${from} to ${to} on ${port}${http ? ` ${http.method ?? 'GET'} ${http.path ?? '/'}` : ''} is ${what}`;
}

/** An error in a row says which. */
function named<T>(row: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof GuardrailsError)) throw error;
    throw new GuardrailsError(`${error.where}: ${row}`, error.what, error.problem);
  }
}

function runRow(row: FlowRow, cluster: Cluster): FlowResult {
  const wrong = wrongAnswers(row, cluster);
  const found = wrong.map(({ answer: { from, to, port, verdict }, what }) => `${from} => ${to} : ${port} ${what ?? `is ${verdict}`}`).join('; ');
  return { name: rowName(row), passed: wrong.length === 0, found, answers: wrong.map(({ answer }) => answer) };
}

/** An answer that is not as the row says, in more words than allowed or denied where these do not tell. */
interface Wrong {
  readonly answer: Answer;
  readonly what?: string;
}

function wrongAnswers(row: FlowRow, cluster: Cluster): Wrong[] {
  if (row.only) return pairsOf(row, cluster).flatMap(({ from, to, ports }) => wrongLimits(row, ports, from, to, cluster));
  const isAboutRange = parsePorts(row.port) !== undefined && !isService(row.to);
  if (!isAboutRange || row.http || row.sni !== undefined || row.dns !== undefined) return wrongVerdicts(row, cluster);
  return pairsOf(row, cluster).flatMap(({ from, to, ports }) => wrongPorts(row, ports, cluster.connection(from, to), from, to, cluster));
}

/** Rows that are about one port, or about a request. */
function wrongVerdicts({ from, to, port, expect, http, sni, dns }: FlowRow, cluster: Cluster): Wrong[] {
  const ports = parsePorts(port);
  const protocol = PROTOCOLS.find(one => ports !== undefined && ports.ranges(one).length > 0);
  const first = protocol && ports?.ranges(protocol)[0]?.[0];
  const question: Question = { from, to, port: first ?? port, protocol, http, sni, dns };
  return cluster.queryAll(question).filter(({ verdict }) => verdict !== expect).map(answer => ({ answer }));
}

function wrongPorts({ expect }: FlowRow, ports: PortSet, connection: Connection, from: Party, to: Party, cluster: Cluster): Wrong[] {
  const wrong = {
    allowed: ports.minus(passing(connection)),
    depends: ports.minus(connection.perhaps),
    denied: ports.intersection(passing(connection).union(connection.perhaps)),
  }[expect];
  return answerOn(wrong, from, to, cluster).map(answer => ({ answer }));
}

/** Just the requests of the row pass; where it expects a condition, others under one. */
function wrongLimits(row: FlowRow, ports: PortSet, from: Party, to: Party, cluster: Cluster): Wrong[] {
  // A name that the destination gives to no port is an error, which the question tells.
  if (ports.isEmpty()) return wrongVerdicts(row, cluster);
  const { limited, perhaps } = cluster.connection(from, to);
  const same = limited.filter(({ requests }) => coversRequests(row.only!, requests) && coversRequests(requests, row.only!));
  const right = PortSet.union(same.map(limit => limit.ports));
  const wrong = ports.minus(row.expect === 'depends' ? right.intersection(perhaps) : right.minus(perhaps));
  const more = wrong.intersection(perhaps).isEmpty() ? '' : ', and perhaps for others';
  return answerOn(wrong, from, to, cluster)
    .map(answer => ({ answer, what: answer.verdict === 'allowed' ? `passes for ${answer.requests.join(', ') || 'any request'}${more}` : undefined }));
}

/** About one of the ports, which stands for all; none where there are none. */
function answerOn(ports: PortSet, from: Party, to: Party, cluster: Cluster): Answer[] {
  const protocol = PROTOCOLS.find(one => ports.ranges(one).length > 0);
  return protocol === undefined ? [] : [cluster.explain(from, to, { protocol, port: ports.ranges(protocol)[0]![0], request: {} })];
}
