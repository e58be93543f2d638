import { hasOtherProtocols, type Unlisted } from './unlisted';
import type { Cluster } from '../../reach/cluster';
import { passing, type Connection } from '../../reach/connection';
import { addressParts } from '../../reach/mentioned';
import { type AddressParty, isSame, type Party, rangeText, titleOf } from '../../reach/party';
import type { PortSet } from '../../reach/port-set';
import type { ReachMap } from '../../reach/reach-map';
import type { Direction } from '../../reach/rule';
import { isToldByName } from '../../reach/told-by-name';
import { oneLine } from '../finding-place';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;
const EVERYTHING = 'All Connections';

/**
 * A line for each pair, `src => dst : conn`, as readers of np-guard's text format expect them: what passes for sure, in the order of
 * the lines, and no one but workloads and IPv4 addresses.
 *
 * @param unlisted where is counted what has no line, or does not fit into it
 * @param includes whether a pair is looked at
 * @see https://github.com/np-guard/netpol-analyzer
 */
export function* connlist(
  map: ReachMap, cluster: Cluster, unlisted: Unlisted, includes: (from: Party, to: Party) => boolean = () => true,
): Generator<string> {
  const sources = new Titles(map, cluster, 'ingress');
  const destinations = new Titles(map, cluster, 'egress');
  const texts = new Map<PortSet, ListText>();
  for (const { from, to, connection } of map) {
    // The format has no line from a workload to itself.
    if (isSame(from, to) || !includes(from, to)) continue;
    const [own, title] = [sources.of(from), destinations.of(to)];
    const { text, isWhole } = connectionOf(connection, texts);
    if (own === undefined || title === undefined) {
      // Addresses without a title belong to the part before them.
      if ([from, to].some(({ type }) => type !== 'workload' && type !== 'addresses')) unlisted.add('ends');
    } else if (text === '') {
      if (isTold(from, to, connection, cluster)) unlisted.add(passing(connection).isEmpty() ? 'perhaps' : 'protocols');
    } else {
      if (!isWhole || isPart(from, to, connection, cluster)) unlisted.add('partly');
      yield `${own} => ${title} : ${text}\n`;
    }
  }
}

/** Whether something passes beside that a DNS name, which has an entry of its own, may lead to an address. */
function isTold(from: Party, to: Party, connection: Connection, cluster: Cluster): boolean {
  return !passing(connection).isEmpty() || !isToldByName(from, to, connection, cluster);
}

/** Whether a line tells less than there is: which requests pass, and what passes perhaps. */
function isPart(from: Party, to: Party, connection: Connection, cluster: Cluster): boolean {
  return connection.limited.length > 0 || (!connection.perhaps.isEmpty() && !isToldByName(from, to, connection, cluster));
}

/**
 * How parties of one side are called. Readers expect addresses that call to be split where ingress names one, and addresses that are
 * called where egress does: a part that begins nowhere of these belongs to the one before it.
 */
class Titles {
  private readonly known = new Map<Party, string | undefined>();
  private readonly parts: ReadonlyMap<bigint, AddressParty>;

  constructor(map: ReachMap, cluster: Cluster, direction: Direction) {
    // The map may have nothing where a part begins or ends.
    const pieces = map.parties.filter(party => party.type === 'addresses' && party.family === 4) as AddressParty[];
    pieces.sort((a, b) => (a.first < b.first ? -1 : 1));
    let next = 0;
    this.parts = new Map(addressParts(cluster.mentionedAddresses(direction), 4).flatMap(part => {
      const begin = pieces[next];
      while (next < pieces.length && pieces[next]!.first <= part.last) next++;
      const end = pieces[next - 1];
      return begin && end && begin.first <= end.first ? [[begin.first, { ...part, first: begin.first, last: end.last }]] : [];
    }));
  }

  /** Nothing for those that have no line. */
  of(party: Party): string | undefined {
    let title = this.known.get(party);
    if (title === undefined && !this.known.has(party)) {
      const listed = party.type === 'addresses' ? this.partAt(party) : isListed(party) ? party : undefined;
      title = listed && listTitle(listed);
      this.known.set(party, title);
    }
    return title;
  }

  private partAt({ family, first }: AddressParty): AddressParty | undefined {
    return family === 4 ? this.parts.get(first) : undefined;
  }
}

/** Whether lines may begin and end at a party. */
export function isListed(party: Party): boolean {
  return party.type === 'workload' || (party.type === 'addresses' && party.family === 4);
}

interface ListText {
  readonly text: string;
  /** Whether it tells all of the ports and protocols. */
  readonly isWhole: boolean;
}

function connectionOf(connection: Connection, texts: Map<PortSet, ListText>): ListText {
  const ports = connection.limited.length === 0 ? connection.open : passing(connection);
  let told = texts.get(ports);
  if (told === undefined) {
    const text = listText(ports);
    told = { text, isWhole: text === EVERYTHING || !hasOtherProtocols(ports) };
    texts.set(ports, told);
  }
  return told;
}

/** As the format calls a workload, or addresses: a single one is a range too. */
export function listTitle(party: Party): string {
  return party.type === 'addresses' ? rangeText(party) : oneLine(titleOf(party));
}

/** What passes for sure in the words of the format; empty where nothing does. */
export function connectionLine(connection: Connection): ListText {
  return connectionOf(connection, new Map());
}

/** The format knows three protocols: all of them in full are everything. */
function listText(ports: PortSet): string {
  if (PROTOCOLS.every(protocol => ports.hasAll(protocol))) return EVERYTHING;
  return PROTOCOLS.filter(protocol => ports.ranges(protocol).length > 0)
    .map(protocol => `${protocol} ${ports.ranges(protocol).map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',')}`)
    .join(',');
}
