import { type Answer, verdictText } from './answer';
import { answerOn } from './answer-on';
import type { Cluster, Question } from './cluster';
import { type Connection, mostOf, passing } from './connection';
import { coversRequests } from './covers-request';
import { expectVerdict } from './expect-verdict';
import { type FlowRow, pairsOf } from './flow-row';
import { unexpected } from './flow-surplus';
import { portsMeant } from './own-node';
import { knowingBeside } from './pairs-beside';
import type { Party } from './party';
import { insistOnSomebody } from './place';
import { PortSet } from './port-set';
import { onePort, parsePorts } from './port-text';
import { isService } from './services';
import { GuardrailsError } from '../values/guardrails-error';

export interface FlowTable {
  readonly flows: readonly FlowRow[];
  /** Whether everything that is allowed between workloads, or to and from the outside, has to be in a row. */
  readonly nothingElse: boolean;
  /** Which cluster it is about, where manifests are of several. */
  readonly cluster?: string;
  /** Where a row is written, as `flows.yaml:3`, for what is wrong in it. */
  placeOf?(index: number): string;
}

export interface FlowResult {
  readonly name: string;
  readonly passed: boolean;
  /** What was found instead of what was expected. */
  readonly found: string;
  /** The answers that say why, of pairs for which it is not as expected. */
  readonly answers: readonly Answer[];
}

/**
 * Compares what passes with a table.
 *
 * @throws GuardrailsError for a row about nobody, and where nothing else may pass in a set without workloads
 */
export function runFlowTable(table: FlowTable, set: Cluster): FlowResult[] {
  const { flows, nothingElse } = table;
  // Pods that no policy means any more are still in the table.
  const cluster = set.knowing(flows.flatMap(({ from, to }) => [from, to]));
  const denying = knowingBeside(flows.filter(({ expect }) => expect === 'denied').flatMap(({ from, to }) => [from, to]), cluster);
  if (nothingElse) insistOnSomebody(cluster.world);
  const results = flows.map((row, index) => namingRow(index, table, () => runRow(row, row.expect === 'denied' ? denying : cluster)));
  return nothingElse ? [...results, ...unexpected(flows, cluster, set)] : results;
}

export function rowName({ name, from, to, port, expect, http, only }: FlowRow): string {
  const requests = only?.join(', ');
  const what = requests === undefined ? expect : `allowed for ${requests}${expect === 'depends' ? ', and for others it depends' : ' and nothing else'}`;
  return name ?? `${from} to ${to} on ${port}${[http?.method, http?.path].map(part => (part === undefined ? '' : ` ${part}`)).join('')} is ${what}`;
}

/** An error in a row says which, unless it is the only one and nobody knows where it is written. */
function namingRow<T>(index: number, table: FlowTable, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const place = table.placeOf?.(index);
    if (!(error instanceof GuardrailsError) || (place === undefined && table.flows.length === 1)) throw error;
    throw new GuardrailsError([error.where, ...place === undefined ? [] : [place], `flows[${index}]`].join(': '), error.what, error.problem);
  }
}

function runRow(row: FlowRow, cluster: Cluster): FlowResult {
  const wrong = wrongAnswers(row, cluster);
  const found = wrong.map(({ answer: { from, to, port, verdict, conditions }, what }) => (
    `${from} => ${to} : ${port} ${what ?? verdictText(verdict, conditions)}`
  )).join('; ');
  return { name: rowName(row), passed: wrong.length === 0, found, answers: wrong.map(({ answer }) => answer) };
}

/** An answer that is not as the row says, in more words than allowed or denied where these do not tell. */
interface Wrong {
  readonly answer: Answer;
  readonly what?: string;
}

function wrongAnswers(row: FlowRow, cluster: Cluster): Wrong[] {
  if (row.only) return pairsOf(row, cluster).flatMap(({ from, to, ports }) => wrongLimits(row, ports, from, to, cluster));
  const ports = parsePorts(row.port);
  if (ports === undefined || (isService(row.to) && onePort(ports))) return wrongVerdicts(row, cluster);
  const isAboutRequest = row.http !== undefined || row.sni !== undefined || row.dns !== undefined;
  return pairsOf(row, cluster).flatMap(({ from, to, ports: given }) => {
    const own = row.expect === 'denied' ? portsMeant(given, row, from, to, cluster) : given;
    if (isAboutRequest) return wrongRequests(row, own, from, to, cluster);
    return wrongPorts(row, own, cluster.connection(from, to), from, to, cluster);
  });
}

/** Rows that are about a port by its name, or about one of a Service. */
function wrongVerdicts({ from, to, port, expect, http, sni, dns }: FlowRow, cluster: Cluster): Wrong[] {
  const question: Question = { from, to, ...onePort(parsePorts(port)) ?? { port }, http, sni, dns };
  return expectVerdict(expect, question, cluster).unexpected.map(answer => ({ answer }));
}

/** The request is asked about on one of all ports that are treated alike. */
function wrongRequests({ expect, http, sni, dns }: FlowRow, ports: PortSet, from: Party, to: Party, cluster: Cluster): Wrong[] {
  const connection = cluster.connection(from, to);
  const most = mostOf(connection);
  const limits = [...connection.limited, ...most.limited].map(limit => limit.ports);
  const alike = PortSet.cells([ports, connection.open, most.open, ...limits]).filter(({ sets: [first] }) => first === 0);
  return alike.flatMap(cell => answerOn(cell.ports, from, to, cluster, { http, sni, dns }))
    .filter(({ verdict }) => verdict !== expect).map(answer => ({ answer }));
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
