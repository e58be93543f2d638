import { cidrsOf, readAddresses } from './address-block';
import { cidrTexts, readTerm, termsOf, termText } from './address-terms';
import type { Cluster } from './cluster';
import { CLOSED, type Connection, isClosed, type Limited, passing } from './connection';
import { connectionText } from './connection-text';
import type { FlowRow } from './flow-row';
import { type AddressParty, type Party, within } from './party';
import { PortSet } from './port-set';
import { portTexts } from './port-text';
import { remember } from './remember';
import { isToldByName } from './told-by-name';

/** One end of a connection with addresses, and how rows call it. */
export interface OutsideEnd {
  readonly party: Party;
  readonly place: string;
  /** Whether the addresses are where connections begin. */
  readonly isDestination: boolean;
}

type Passes = Pick<Connection, 'open' | 'limited' | 'perhaps'>;

/** Addresses of a family of which the same holds. */
interface Group {
  readonly parts: AddressParty[];
  /** The same in as few as there are, with addresses between them that nobody asks about. */
  readonly ranges: AddressParty[];
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
  const groups = groupsOf(addresses, end, cluster);
  const { open, limited, perhaps } = connectionOf({ type: 'entity', entity: 'world' }, end, cluster);
  const world: Passes = { open, limited: without(limited, perhaps), perhaps: PortSet.NONE };
  if (!isClosed(world)) {
    const byWorld = [...rowsAt('world', world, end), ...rowsBeside(world, groups, end, cluster)];
    // Address by address, without telling what of a block is left out: a row for what is denied says more than that.
    const listed = groups.reduce((sum, { connection, ranges }) => sum + portRowsOf(connection).length * cidrTexts(ranges).length, 0);
    if (byWorld.length <= listed) return byWorld;
  }
  return rowsBeside(CLOSED, groups, end, cluster);
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

function groupsOf(addresses: readonly AddressParty[], end: OutsideEnd, cluster: Cluster): Group[] {
  const groups = new Map<string, Group>();
  const texts = new Map<Connection, string>();
  let before: Group | undefined;
  for (const part of addresses) {
    const whole = connectionOf(part, end, cluster);
    const isTold = !end.isDestination && isToldByName(end.party, part, whole, cluster);
    const key = `${part.family} ${isTold} ${remember(texts, whole, connectionText)}`;
    // Where some requests pass anyway, all that pass are told.
    const limits = PortSet.union(whole.limited.map(({ ports }) => ports));
    const group = remember(groups, key, () => (
      { parts: [], ranges: [], whole, isTold, connection: isTold ? { ...whole, perhaps: whole.perhaps.intersection(limits) } : whole }
    ));
    group.parts.push(part);
    if (group === before) group.ranges.push({ ...group.ranges.pop()!, last: part.last });
    else group.ranges.push(part);
    before = group;
  }
  return [...groups.values()];
}

function isSame(a: Connection, b: Connection): boolean {
  return a === b || connectionText(a) === connectionText(b);
}

/** Rows for addresses of which something else holds than rows for the world say. */
function rowsBeside(world: Passes, groups: readonly Group[], end: OutsideEnd, cluster: Cluster): FlowRow[] {
  return groups.flatMap(group => {
    const { connection: { open, limited, perhaps }, whole } = group;
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
    return placesOf(group, end, cluster).flatMap(place => [
      ...rowsAt(place, different, end),
      ...rowsAt(place, { ...CLOSED, open: denied }, end).map((row): FlowRow => ({ ...row, expect: 'denied' })),
    ]);
  });
}

function without(limited: readonly Limited[], ports: PortSet): Limited[] {
  return limited.map(one => ({ ...one, ports: one.ports.minus(ports) })).filter(one => !one.ports.isEmpty());
}

/** The fewest places that hold the group, of each of which a question is answered as of its parts. */
function placesOf({ parts, ranges, whole }: Group, end: OutsideEnd, cluster: Cluster): string[] {
  const isAlike = (asked: readonly AddressParty[]) => asked.every(one => isSame(connectionOf(one, end, cluster), whole));
  return termsOf(ranges).flatMap(term => {
    const asked = readTerm(termText(term)) ?? [readAddresses(term.block)!];
    const own = parts.filter(part => asked.some(one => within(one, part) === 'all'));
    const places = own.length === asked.length || isAlike(asked) ? [termText(term)] : own.flatMap(cidrsOf);
    // A question about the address of a pod is about the pod.
    return places.filter(place => !(readTerm(place) ?? [readAddresses(place)!]).every(one => cluster.isInside(one)));
  });
}
