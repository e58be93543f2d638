import { readAddresses } from './address-block';
import { portRowsOf } from './address-rows';
import { addressText } from './address-terms';
import { type Allowance, allowedBy, excess, joinAllowances } from './allowance';
import { answerOn } from './answer-on';
import type { Cluster } from './cluster';
import type { Connection } from './connection';
import { connectionText } from './connection-text';
import { type FlowRow, isMeant, pairsMeant, pairsOf, readEnd, type RowEnd } from './flow-row';
import type { FlowResult } from './flow-table';
import { type AddressParty, type Party, titleOf } from './party';
import { portsNamed } from './port-at';
import { PortSet } from './port-set';
import { parsePorts } from './port-text';
import { remember } from './remember';
import { portSetText } from './resolve-ports';
import { isService } from './services';
import { titlesOfRows } from './titles-of-rows';
import { isToldByName } from './told-by-name';

/** A row about addresses, which the map may have in parts. */
interface BlockRow {
  readonly from: RowEnd;
  readonly to: RowEnd;
  allowedAt(destination: Party): Allowance;
}

/**
 * What passes and no row allows.
 *
 * @param knowing the set, with those too who are only asked about: what else passes there says nothing of the set
 */
export function unexpected(flows: readonly FlowRow[], knowing: Cluster, cluster: Cluster): FlowResult[] {
  const rows = flows.filter(({ expect }) => expect !== 'denied');
  const pairs = new Map<string, Map<string, Allowance[]>>();
  for (const row of rows) {
    for (const { from, to, ports } of pairsMeant(row, knowing)) {
      const known = remember(pairs, titleOf(from), () => new Map<string, Allowance[]>());
      remember(known, titleOf(to), (): Allowance[] => []).push(allowedBy(row, ports));
    }
  }
  const blocks = rows.flatMap(row => blockRows(row, knowing)).filter(({ from, to }) => from.blocks ?? to.blocks);
  const splitAt = blocks.flatMap(({ from, to }) => [from.blocks, to.blocks]).flatMap(own => (own === undefined || own === 'world' ? [] : own));
  const byTitle = rowsByTitle(blocks);
  const surprises = new Map<string, Surprise>();
  const left = new Set<string>();
  // Nodes that nothing shuts any more are ends of their own as long as the table is about them.
  const nodes = flows.some(isAboutNodes) ? { others: [A_NODE], withNodes: true } : {};
  for (const { from, to, connection } of cluster.map([4, 6], splitAt, nodes)) {
    const isOutside = ({ type }: Party) => type === 'addresses' || type === 'name';
    const own = isOutside(from) ? byTitle.get(titleOf(to)) : isOutside(to) ? byTitle.get(titleOf(from)) : undefined;
    const byBlock = own?.filter(row => isMeant(row.from, from) && isMeant(row.to, to)).map(row => row.allowedAt(to)) ?? [];
    const byPair = titlesOfRows(from, to, cluster).flatMap(([source, destination]) => pairs.get(source)?.get(destination) ?? []);
    const allowed = joinAllowances([...byPair, ...byBlock]);
    const perhaps = isToldByName(from, to, connection, cluster) ? PortSet.NONE : connection.perhaps;
    const rest = excess({ ...connection, perhaps }, allowed);
    // The own node reaches its pods, whatever policies say.
    if (rest.isEmpty() || (from.type === 'entity' && from.entity === 'host')) continue;
    const key = [...[from, to].map(party => (party.type === 'addresses' ? '' : titleOf(party))), rest.id, connectionText(connection)].join('\n');
    const known = surprises.get(key);
    const ranges = [from, to].filter(party => party.type === 'addresses');
    if (known) known.ranges.push(...ranges);
    else if (surprises.size < SHOWN) surprises.set(key, { from, to, connection, rest, ranges });
    else left.add(key);
  }
  const results = [...surprises.values()].map(one => surprise(one, cluster));
  return left.size === 0 ? results : [...results, {
    name: `${left.size} more pairs are in the table`, passed: false, found: 'more passes between them than the rows allow', answers: [],
  }];
}

/** Whether a row is about what passes between nodes and addresses. */
function isAboutNodes({ from, to }: FlowRow): boolean {
  return [[from, to], [to, from]].some(([node, other]) => node === A_NODE.entity && (other === 'world' || readAddresses(other) !== undefined));
}

const A_NODE = { type: 'entity', entity: 'remote-node' } as const;

/** Nobody reads more, and to explain millions takes minutes. */
const SHOWN = 1000;

function rowsByTitle(blocks: readonly BlockRow[]): ReadonlyMap<string, readonly BlockRow[]> {
  const byTitle = new Map<string, BlockRow[]>();
  for (const row of blocks) {
    for (const title of new Set([...row.from.titles, ...row.to.titles])) {
      const known = byTitle.get(title);
      if (known) known.push(row);
      else byTitle.set(title, [row]);
    }
  }
  return byTitle;
}

function blockRows(row: FlowRow, cluster: Cluster): BlockRow[] {
  const from = readEnd(row.from, cluster);
  if (isService(row.to)) {
    return from.blocks === undefined ? [] : pairsOf(row, cluster)
      .map(({ to, ports }) => ({ from, to: { titles: new Set([titleOf(to)]) }, allowedAt: () => allowedBy(row, ports) }));
  }
  const ports = parsePorts(row.port);
  return [{ from, to: readEnd(row.to, cluster), allowedAt: to => allowedBy(row, ports ?? portsNamed(to, row.port)) }];
}

/** What is not in the table, and the ports of it. */
interface Surprise {
  readonly from: Party;
  readonly to: Party;
  /** Addresses of which all of this holds. */
  readonly ranges: AddressParty[];
  readonly connection: Connection;
  readonly rest: PortSet;
}

function surprise({ from, to, ranges, connection, rest }: Surprise, cluster: Cluster): FlowResult {
  const text = (party: Party) => (party.type === 'addresses' ? addressText(ranges, 2) : titleOf(party));
  return {
    name: `${text(from)} to ${text(to)} is in the table`,
    passed: false,
    found: [`more passes on ${portSetText(rest) || 'other protocols'} than the rows allow`, ...mends(connection, rest)].join('; '),
    answers: answerOn(rest, from, to, cluster),
  };
}

/** How to allow just the requests that pass. */
function mends({ limited, perhaps }: Connection, rest: PortSet): string[] {
  const restricted = limited.map(one => ({ ...one, ports: one.ports.intersection(rest) }));
  const ports = PortSet.union(restricted.map(one => one.ports));
  const rows = portRowsOf({ open: PortSet.NONE, limited: restricted, perhaps: perhaps.intersection(ports) });
  return rows.map(({ port, only = [], expect }) => {
    const condition = expect === 'depends' ? ' and `expect: depends`' : '';
    return `a row for ${port} with \`only: [${only.map(quoted).join(', ')}]\`${condition} would allow just that`;
  });
}

/** As YAML takes it in a list in brackets. */
function quoted(request: string): string {
  return /^[\w /.*-]+$/.test(request) ? request : JSON.stringify(request);
}
