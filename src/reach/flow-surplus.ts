import type { Cluster } from './cluster';
import type { Connection } from './connection';
import { type FlowRow, isLimited, isMeant, pairsOf, readEnd, type RowEnd } from './flow-row';
import type { FlowResult } from './flow-table';
import { type Party, titleOf } from './party';
import { PortSet, PROTOCOLS } from './port-set';
import { parsePorts } from './port-text';
import { portSetText } from './resolve-ports';
import { isService } from './services';
import { isToldByName } from './told-by-name';

/** What rows let pass between two. */
interface Allowed {
  /** Any request. */
  readonly open: PortSet;
  /** Some requests: which, the rows themselves compare. */
  readonly limited: PortSet;
  /** Under a condition. */
  readonly perhaps: PortSet;
}

const NOTHING: Allowed = { open: PortSet.NONE, limited: PortSet.NONE, perhaps: PortSet.NONE };

/** A row about addresses, which the map may have in parts. */
interface BlockRow {
  readonly from: RowEnd;
  readonly to: RowEnd;
  readonly allowed: Allowed;
}

/** What passes and no row allows. */
export function unexpected(flows: readonly FlowRow[], cluster: Cluster): FlowResult[] {
  const rows = flows.filter(({ expect }) => expect !== 'denied');
  const pairs = new Map<string, Allowed>();
  for (const row of rows) {
    for (const { from, to, ports } of pairsOf(row, cluster)) {
      const key = `${titleOf(from)}\n${titleOf(to)}`;
      pairs.set(key, together([pairs.get(key) ?? NOTHING, allowedBy(row, ports)]));
    }
  }
  const blocks = rows.filter(({ to }) => !isService(to)).map((row): BlockRow => (
    { from: readEnd(row.from, cluster), to: readEnd(row.to, cluster), allowed: allowedBy(row, parsePorts(row.port) ?? PortSet.NONE) }
  )).filter(({ from, to }) => from.block ?? to.block);
  const splitAt = blocks.flatMap(({ from, to }) => [from.block, to.block]).filter(block => block !== undefined && block !== 'world');
  return [...cluster.map([4, 6], splitAt)].flatMap(({ from, to, connection }) => {
    const byBlock = blocks.filter(row => isMeant(row.from, from) && isMeant(row.to, to)).map(({ allowed }) => allowed);
    const allowed = together([pairs.get(`${titleOf(from)}\n${titleOf(to)}`) ?? NOTHING, ...byBlock]);
    const perhaps = isToldByName(from, to, connection, cluster) ? PortSet.NONE : connection.perhaps;
    const unsure = perhaps.minus(allowed.open).minus(allowed.limited).minus(allowed.perhaps);
    const rest = beyond(connection, allowed).union(unsure);
    return rest.isEmpty() ? [] : [surprise(from, to, rest, cluster)];
  });
}

function allowedBy(row: FlowRow, ports: PortSet): Allowed {
  if (row.expect === 'depends') return { ...NOTHING, perhaps: ports };
  return isLimited(row) ? { ...NOTHING, limited: ports } : { ...NOTHING, open: ports };
}

function together(several: readonly Allowed[]): Allowed {
  const all = (part: keyof Allowed) => PortSet.union(several.map(allowed => allowed[part]));
  return { open: all('open'), limited: all('limited'), perhaps: all('perhaps') };
}

/** Ports on which more passes than is allowed: where only some requests may, any is more. */
export function beyond({ open, limited }: Pick<Connection, 'open' | 'limited'>, allowed: Pick<Allowed, 'open' | 'limited'>): PortSet {
  const some = PortSet.union(limited.map(({ ports }) => ports));
  return open.minus(allowed.open).union(some.minus(allowed.open).minus(allowed.limited));
}

function surprise(from: Party, to: Party, rest: PortSet, cluster: Cluster): FlowResult {
  const protocol = PROTOCOLS.find(one => rest.ranges(one).length > 0)!;
  return {
    name: `${titleOf(from)} to ${titleOf(to)} is in the table`,
    passed: false,
    found: `more passes on ${portSetText(rest) || 'other protocols'} than the rows allow`,
    answers: [cluster.explain(from, to, { protocol, port: rest.ranges(protocol)[0]![0], request: {} })],
  };
}
