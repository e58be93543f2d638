import { portRowsOf } from './address-rows';
import { type Allowance, allowedBy, excess, together } from './allowance';
import type { Cluster } from './cluster';
import type { Connection } from './connection';
import { type FlowRow, isMeant, pairsOf, readEnd, type RowEnd } from './flow-row';
import type { FlowResult } from './flow-table';
import { type Party, titleOf } from './party';
import { portsNamed } from './port-at';
import { PortSet, PROTOCOLS } from './port-set';
import { parsePorts } from './port-text';
import { remember } from './remember';
import { portSetText } from './resolve-ports';
import { isService } from './services';
import { isToldByName } from './told-by-name';

/** A row about addresses, which the map may have in parts. */
interface BlockRow {
  readonly from: RowEnd;
  readonly to: RowEnd;
  allowedAt(destination: Party): Allowance;
}

/** What passes and no row allows. */
export function unexpected(flows: readonly FlowRow[], cluster: Cluster): FlowResult[] {
  const rows = flows.filter(({ expect }) => expect !== 'denied');
  const pairs = new Map<string, Map<string, Allowance[]>>();
  for (const row of rows) {
    for (const { from, to, ports } of pairsOf(row, cluster)) {
      const known = remember(pairs, titleOf(from), () => new Map<string, Allowance[]>());
      remember(known, titleOf(to), (): Allowance[] => []).push(allowedBy(row, ports));
    }
  }
  const blocks = rows.flatMap(row => blockRows(row, cluster)).filter(({ from, to }) => from.block ?? to.block);
  const splitAt = blocks.flatMap(({ from, to }) => [from.block, to.block]).filter(block => block !== undefined && block !== 'world');
  const byTitle = rowsByTitle(blocks);
  const surprises: FlowResult[] = [];
  let more = 0;
  for (const { from, to, connection } of cluster.map([4, 6], splitAt)) {
    const own = from.type === 'addresses' ? byTitle.get(titleOf(to)) : to.type === 'addresses' ? byTitle.get(titleOf(from)) : undefined;
    const byBlock = own?.filter(row => isMeant(row.from, from) && isMeant(row.to, to)).map(row => row.allowedAt(to)) ?? [];
    const allowed = together([...pairs.get(titleOf(from))?.get(titleOf(to)) ?? [], ...byBlock]);
    const perhaps = isToldByName(from, to, connection, cluster) ? PortSet.NONE : connection.perhaps;
    const rest = excess({ ...connection, perhaps }, allowed);
    if (rest.isEmpty()) continue;
    if (surprises.length < SHOWN) surprises.push(surprise(from, to, { connection, rest }, cluster));
    else more++;
  }
  return more === 0 ? surprises : [...surprises, {
    name: `${more} more pairs are in the table`, passed: false, found: 'more passes between them than the rows allow', answers: [],
  }];
}

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
    return from.block === undefined ? [] : pairsOf(row, cluster)
      .map(({ to, ports }) => ({ from, to: { titles: new Set([titleOf(to)]) }, allowedAt: () => allowedBy(row, ports) }));
  }
  const ports = parsePorts(row.port);
  return [{ from, to: readEnd(row.to, cluster), allowedAt: to => allowedBy(row, ports ?? portsNamed(to, row.port)) }];
}

/** What is not in the table, and the ports of it. */
interface Surprise {
  readonly connection: Connection;
  readonly rest: PortSet;
}

function surprise(from: Party, to: Party, { connection, rest }: Surprise, cluster: Cluster): FlowResult {
  const protocol = PROTOCOLS.find(one => rest.ranges(one).length > 0)!;
  return {
    name: `${titleOf(from)} to ${titleOf(to)} is in the table`,
    passed: false,
    found: [`more passes on ${portSetText(rest) || 'other protocols'} than the rows allow`, ...mends(connection, rest)].join('; '),
    answers: [cluster.explain(from, to, { protocol, port: rest.ranges(protocol)[0]![0], request: {} })],
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
