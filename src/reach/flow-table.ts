import type { Answer } from './answer';
import type { Cluster, Question } from './cluster';
import { type Connection, passing } from './connection';
import { type FlowRow, pairsOf } from './flow-row';
import { unexpected } from './flow-surplus';
import type { Party } from './party';
import { PortSet, type Protocol, PROTOCOLS } from './port-set';
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
  const requests = only ? ` for ${only.join(', ')} and nothing else` : '';
  return name ?? `${from} to ${to} on ${port}${http ? ` ${http.method ?? 'GET'} ${http.path ?? '/'}` : ''} is ${expect}${requests}`;
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
  const found = wrong.map(({ from, to, port, verdict, requests }) => {
    const what = row.only && verdict === 'allowed' ? `passes for ${requests.join(', ') || 'any request'}` : `is ${verdict}`;
    return `${from} => ${to} : ${port} ${what}`;
  }).join('; ');
  return { name: rowName(row), passed: wrong.length === 0, found, answers: wrong };
}

function wrongAnswers(row: FlowRow, cluster: Cluster): Answer[] {
  if (row.only) return pairsOf(row, cluster).flatMap(({ from, to, ports }) => wrongLimits(row, ports, from, to, cluster));
  const isAboutRange = parsePorts(row.port) !== undefined && !isService(row.to);
  if (!isAboutRange || row.http || row.sni !== undefined || row.dns !== undefined) return wrongVerdicts(row, cluster);
  return pairsOf(row, cluster).flatMap(({ from, to, ports }) => wrongPorts(row, ports, cluster.connection(from, to), from, to, cluster));
}

/** Rows that are about one port, or about a request. */
function wrongVerdicts({ from, to, port, expect, http, sni, dns }: FlowRow, cluster: Cluster): Answer[] {
  const ports = parsePorts(port);
  const protocol = PROTOCOLS.find((one): one is Protocol => ports !== undefined && ports.ranges(one).length > 0) ?? 'TCP';
  const question: Question = { from, to, port: ports?.ranges(protocol)[0]?.[0] ?? port, protocol, http, sni, dns };
  return cluster.queryAll(question).filter(({ verdict }) => verdict !== expect);
}

function wrongPorts({ expect }: FlowRow, ports: PortSet, connection: Connection, from: Party, to: Party, cluster: Cluster): Answer[] {
  const wrong = {
    allowed: ports.minus(passing(connection)),
    depends: ports.minus(connection.perhaps),
    denied: ports.intersection(passing(connection).union(connection.perhaps)),
  }[expect];
  return answerOn(wrong, from, to, cluster);
}

/** Just the requests of the row pass, as the policies write them. */
function wrongLimits(row: FlowRow, ports: PortSet, from: Party, to: Party, cluster: Cluster): Answer[] {
  // A name that the destination gives to no port is an error, which the question tells.
  if (ports.isEmpty()) return wrongVerdicts(row, cluster);
  const wanted = requestsKey(row.only!);
  const right = cluster.connection(from, to).limited.filter(({ requests }) => requestsKey(requests) === wanted);
  return answerOn(ports.minus(PortSet.union(right.map(limit => limit.ports))), from, to, cluster);
}

function requestsKey(requests: readonly string[]): string {
  return [...new Set(requests)].sort().join('\n');
}

/** About one of the ports, which stands for all; none where there are none. */
function answerOn(ports: PortSet, from: Party, to: Party, cluster: Cluster): Answer[] {
  const protocol = PROTOCOLS.find(one => ports.ranges(one).length > 0);
  return protocol === undefined ? [] : [cluster.explain(from, to, { protocol, port: ports.ranges(protocol)[0]![0], request: {} })];
}
