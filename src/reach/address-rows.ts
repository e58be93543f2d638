import { cidrsOf, readAddresses } from './address-block';
import type { Cluster } from './cluster';
import { CLOSED, type Connection, isClosed, type Limited, passing } from './connection';
import { connectionText } from './connection-text';
import type { FlowRow } from './flow-row';
import { type AddressParty, type Party, within } from './party';
import { PortSet } from './port-set';
import { portTexts } from './port-text';
import { isToldByName } from './told-by-name';

/** One end of a connection with addresses, and how rows call it. */
export interface OutsideEnd {
  readonly party: Party;
  readonly place: string;
  /** Whether the addresses are where connections begin. */
  readonly isDestination: boolean;
}

type Passes = Pick<Connection, 'open' | 'limited' | 'perhaps'>;

/** Neighbours of which the same holds. */
interface Run {
  readonly parts: AddressParty[];
  readonly connection: Passes;
  /** With what is told of a DNS name that leads there. */
  readonly whole: Connection;
  readonly isTold: boolean;
}

/**
 * Rows for what passes between a party and addresses, as a person would write them: by address, or for the world and what is different
 * from it, whichever takes fewer.
 *
 * @param addresses in their order, one family after the other
 */
export function addressRows(addresses: readonly AddressParty[], end: OutsideEnd, cluster: Cluster): FlowRow[] {
  const runs = runsOf(addresses, end, cluster);
  const { open, limited, perhaps } = connectionOf({ type: 'entity', entity: 'world' }, end, cluster);
  const world: Passes = { open, limited: without(limited, perhaps), perhaps: PortSet.NONE };
  if (!isClosed(world)) {
    const byWorld = [...rowsAt('world', world, end), ...rowsBeside(world, runs, end, cluster)];
    // Asking about every address takes long, and is for nothing where there are many.
    const least = runs.reduce((sum, run) => sum + (isClosed(run.connection) ? 0 : cidrsOf(wholeOf(run)).length), 0);
    if (byWorld.length <= least) return byWorld;
    const byAddress = rowsBeside(CLOSED, runs, end, cluster);
    return byWorld.length <= byAddress.length ? byWorld : byAddress;
  }
  return rowsBeside(CLOSED, runs, end, cluster);
}

/** A row for each range of ports, with the requests where not all pass. */
export function rowsOf(from: string, to: string, connection: Passes): FlowRow[] {
  return portRowsOf(connection).map(row => ({ from, to, ...row }));
}

/** The same, whoever the ends are. */
export function portRowsOf({ open, limited, perhaps }: Passes): Pick<FlowRow, 'port' | 'only' | 'expect'>[] {
  const rows = (ports: PortSet, rest: Pick<FlowRow, 'only' | 'expect'>) => portTexts(ports).map(port => ({ port, ...rest }));
  return [
    ...rows(open, { expect: 'allowed' }),
    ...limited.flatMap(({ ports, requests }) => [
      ...rows(ports.minus(perhaps), { only: requests, expect: 'allowed' }), ...rows(ports.intersection(perhaps), { only: requests, expect: 'depends' }),
    ]),
    ...rows(perhaps.minus(PortSet.union(limited.map(({ ports }) => ports))), { expect: 'depends' }),
  ];
}

function rowsAt(place: string, connection: Passes, { place: own, isDestination }: OutsideEnd): FlowRow[] {
  return isDestination ? rowsOf(place, own, connection) : rowsOf(own, place, connection);
}

function connectionOf(outside: Party, { party, isDestination }: OutsideEnd, cluster: Cluster): Connection {
  return isDestination ? cluster.connection(outside, party) : cluster.connection(party, outside);
}

function runsOf(addresses: readonly AddressParty[], end: OutsideEnd, cluster: Cluster): Run[] {
  const runs: Run[] = [];
  for (const part of addresses) {
    const whole = connectionOf(part, end, cluster);
    const last = runs.at(-1);
    const isTold = !end.isDestination && isToldByName(end.party, part, whole, cluster);
    if (last && last.parts[0]!.family === part.family && last.isTold === isTold && isSame(last.whole, whole)) {
      last.parts.push(part);
      continue;
    }
    // Where some requests pass anyway, all that pass are told.
    const limits = PortSet.union(whole.limited.map(({ ports }) => ports));
    runs.push({ parts: [part], whole, isTold, connection: isTold ? { ...whole, perhaps: whole.perhaps.intersection(limits) } : whole });
  }
  return runs;
}

function isSame(a: Connection, b: Connection): boolean {
  return a === b || connectionText(a) === connectionText(b);
}

/** Rows for addresses of which something else holds than rows for the world say. */
function rowsBeside(world: Passes, runs: readonly Run[], end: OutsideEnd, cluster: Cluster): FlowRow[] {
  return runs.flatMap(run => {
    const { connection: { open, limited, perhaps }, whole } = run;
    const same = PortSet.union([
      open.intersection(world.open),
      ...limited.flatMap(one => world.limited.filter(({ requests }) => requests.join('\n') === one.requests.join('\n'))
        .map(({ ports }) => ports.intersection(one.ports).minus(perhaps))),
    ]);
    const missing = passing(world).minus(passing(whole));
    const different: Passes = {
      open: open.minus(same),
      limited: without(limited, same),
      perhaps: perhaps.union(missing.intersection(whole.perhaps)),
    };
    // Of what is closed as a whole one row says so.
    const denied = isClosed(whole) && !missing.isEmpty() ? PortSet.ALL : missing.minus(whole.perhaps);
    if (isClosed(different) && denied.isEmpty()) return [];
    return placesOf(run, end, cluster).flatMap(place => [
      ...rowsAt(place, different, end),
      ...rowsAt(place, { ...CLOSED, open: denied }, end).map((row): FlowRow => ({ ...row, expect: 'denied' })),
    ]);
  });
}

function without(limited: readonly Limited[], ports: PortSet): Limited[] {
  return limited.map(one => ({ ...one, ports: one.ports.minus(ports) })).filter(one => !one.ports.isEmpty());
}

/** The fewest CIDRs that hold the run, of each of which a question is answered as of its parts. */
function placesOf(run: Run, end: OutsideEnd, cluster: Cluster): string[] {
  const pieces = new Map(run.parts.flatMap(cidrsOf).map(cidr => [cidr, readAddresses(cidr)!]));
  const places = cidrsOf(wholeOf(run)).flatMap(cidr => {
    const block = readAddresses(cidr)!;
    if (pieces.has(cidr) || isSame(connectionOf(block, end, cluster), run.whole)) return [cidr];
    return [...pieces].filter(([, piece]) => within(block, piece) === 'all').map(([piece]) => piece);
  });
  // A question about the address of a pod is about the pod.
  return places.filter(cidr => !cluster.isInside(readAddresses(cidr)!));
}

function wholeOf({ parts }: Run): AddressParty {
  return { ...parts[0]!, last: parts.at(-1)!.last };
}
