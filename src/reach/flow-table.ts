import { readAddresses } from './address-block';
import type { Answer } from './answer';
import type { Cluster, Question } from './cluster';
import { passing } from './connection';
import type { HttpRequest } from './l7';
import { type AddressParty, type Party, titleOf, within } from './party';
import { partiesAt } from './place';
import { PortSet, type Protocol, PROTOCOLS } from './port-set';
import { parsePorts } from './port-text';
import { portSetText } from './resolve-ports';

/** A row of a table of flows: what is expected between two places. */
export interface FlowRow {
  readonly name?: string;
  readonly from: string;
  readonly to: string;
  /** `8080`, `8080/tcp`, `53/udp`, `9090-9099/tcp`, `tcp` for all of a protocol, `any` for everything, `http` for a port by name. */
  readonly port: string;
  readonly expect: 'allowed' | 'denied';
  readonly http?: HttpRequest;
  readonly sni?: string;
  readonly dns?: string;
}

export interface FlowTable {
  readonly flows: readonly FlowRow[];
  /** Whether everything that is allowed between workloads, or to and from the outside, has to be in a row. */
  readonly nothingElse: boolean;
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
export function runFlowTable({ flows, nothingElse }: FlowTable, cluster: Cluster): FlowResult[] {
  const results = flows.map(row => runRow(row, cluster));
  return nothingElse ? [...results, ...unexpected(flows, cluster)] : results;
}

export function rowName({ name, from, to, port, expect, http }: FlowRow): string {
  return name ?? `${from} to ${to} on ${port}${http ? ` ${http.method ?? 'GET'} ${http.path ?? '/'}` : ''} is ${expect}`;
}

function runRow(row: FlowRow, cluster: Cluster): FlowResult {
  const ports = parsePorts(row.port);
  const wrong = ports === undefined || row.http || row.sni !== undefined || row.dns !== undefined
    ? wrongAnswers(row, cluster)
    : pairsOf(row, cluster).flatMap(([from, to]) => wrongConnection(row, ports, from, to, cluster));
  const found = wrong.map(({ from, to, port, verdict }) => `${from} => ${to} : ${port} is ${verdict}`).join('; ');
  return { name: rowName(row), passed: wrong.length === 0, found, answers: wrong };
}

/** Rows that are about one port, or about a request. */
function wrongAnswers({ from, to, port, expect, http, sni, dns }: FlowRow, cluster: Cluster): Answer[] {
  const ports = parsePorts(port);
  const protocol = PROTOCOLS.find((one): one is Protocol => ports !== undefined && ports.ranges(one).length > 0) ?? 'TCP';
  const question: Question = { from, to, port: ports?.ranges(protocol)[0]?.[0] ?? port, protocol, http, sni, dns };
  return cluster.queryAll(question).filter(({ verdict }) => verdict !== expect);
}

function wrongConnection({ expect }: FlowRow, ports: PortSet, from: Party, to: Party, cluster: Cluster): Answer[] {
  const connection = cluster.connection(from, to);
  const wrong = expect === 'allowed' ? ports.minus(passing(connection)) : ports.intersection(passing(connection).union(connection.perhaps));
  const protocol = PROTOCOLS.find(one => wrong.ranges(one).length > 0);
  if (protocol === undefined) return [];
  return [cluster.explain(from, to, { protocol, port: wrong.ranges(protocol)[0]![0], request: {} })];
}

function pairsOf({ from, to }: FlowRow, cluster: Cluster): (readonly [Party, Party])[] {
  const [sources, destinations] = [partiesAt(from, cluster.world), partiesAt(to, cluster.world)];
  const pairs = sources.flatMap(source => destinations.map(destination => [source, destination] as const));
  const others = pairs.filter(([a, b]) => titleOf(a) !== titleOf(b));
  return others.length > 0 ? others : pairs;
}

/** What passes and no row allows. */
function unexpected(flows: readonly FlowRow[], cluster: Cluster): FlowResult[] {
  const rows = flows.filter(({ expect }) => expect === 'allowed').map(row => readRow(row, cluster));
  const pairs = new Map<string, PortSet>();
  for (const { ports, from, to } of rows) {
    for (const source of from.titles) {
      for (const destination of to.titles) {
        const key = `${source}\n${destination}`;
        pairs.set(key, (pairs.get(key) ?? PortSet.NONE).union(ports));
      }
    }
  }
  const blocks = rows.filter(({ from, to }) => from.block ?? to.block);
  const splitAt = blocks.flatMap(({ from, to }) => [from.block, to.block]).filter(block => block !== undefined && block !== 'world');
  return [...cluster.map([4, 6], splitAt)].flatMap(({ from, to, connection }) => {
    const byBlock = blocks.filter(row => isMeant(row.from, from) && isMeant(row.to, to)).map(({ ports }) => ports);
    const allowed = PortSet.union([pairs.get(`${titleOf(from)}\n${titleOf(to)}`) ?? PortSet.NONE, ...byBlock]);
    const rest = passing(connection).minus(allowed);
    return rest.isEmpty() ? [] : [surprise(from, to, rest, cluster)];
  });
}

function surprise(from: Party, to: Party, rest: PortSet, cluster: Cluster): FlowResult {
  const protocol = PROTOCOLS.find(one => rest.ranges(one).length > 0)!;
  return {
    name: `${titleOf(from)} to ${titleOf(to)} is in the table`,
    passed: false,
    found: `${portSetText(rest) || 'other protocols'} passes and no row allows it`,
    answers: [cluster.explain(from, to, { protocol, port: rest.ranges(protocol)[0]![0], request: {} })],
  };
}

/** Who is meant by a place of a row. */
export interface RowEnd {
  readonly titles: ReadonlySet<string>;
  /** Where the row is about addresses; all of them for the world. */
  readonly block?: AddressParty | 'world';
}

function readRow({ from, to, port }: FlowRow, cluster: Cluster): { readonly ports: PortSet; readonly from: RowEnd; readonly to: RowEnd } {
  const [source, destination] = [readEnd(from, cluster), readEnd(to, cluster)];
  const named = partiesAt(to, cluster.world).map(party => cluster.namedPort(party, port));
  return { ports: parsePorts(port) ?? PortSet.union(named), from: source, to: destination };
}

export function readEnd(place: string, { world }: Cluster): RowEnd {
  const block = place.trim() === 'world' ? 'world' as const : readAddresses(place);
  return { titles: new Set(partiesAt(place, world).map(titleOf)), block };
}

export function isMeant({ titles, block }: RowEnd, party: Party): boolean {
  if (party.type !== 'addresses') return titles.has(titleOf(party));
  return block === 'world' || (block !== undefined && within(block, party) === 'all');
}
