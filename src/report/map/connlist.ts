import type { Cluster } from '../../reach/cluster';
import { passing, type Connection } from '../../reach/connection';
import { addressParts } from '../../reach/mentioned';
import { type AddressParty, type Party, rangeText, titleOf } from '../../reach/party';
import type { PortSet } from '../../reach/port-set';
import type { MapEntry } from '../../reach/reach-map';
import type { Direction } from '../../reach/rule';
import { isToldByName } from '../../reach/told-by-name';
import { oneLine } from '../finding-place';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;

/** What the line format has no word for, counted. */
export interface Unlisted {
  /** Pairs of which nothing passes for sure, but something under a condition. */
  perhaps: number;
}

/**
 * A line for each pair, `src => dst : conn`, as readers of np-guard's text format expect them: what passes for sure, in the order of
 * the lines, and no one but workloads and IPv4 addresses.
 *
 * @see https://github.com/np-guard/netpol-analyzer
 */
export function* connlist(entries: Iterable<MapEntry>, cluster: Cluster, unlisted: Unlisted): Generator<string> {
  const sources = new Titles(cluster, 'ingress');
  const destinations = new Titles(cluster, 'egress');
  const texts = new Map<PortSet, string>();
  for (const { from, to, connection } of entries) {
    const [own, title] = [sources.of(from), destinations.of(to)];
    if (own === undefined || title === undefined) continue;
    const text = connectionOf(connection, texts);
    if (text === '') {
      if (!connection.perhaps.isEmpty() && !isToldByName(from, to, connection, cluster)) unlisted.perhaps++;
      continue;
    }
    yield `${own} => ${title} : ${text}\n`;
  }
}

/**
 * How parties of one side are called. Readers expect addresses that call to be split where ingress names one, and addresses that are
 * called where egress does: a part that begins nowhere of these belongs to the one before it.
 */
class Titles {
  private readonly known = new Map<Party, string | undefined>();
  private readonly parts: ReadonlyMap<bigint, AddressParty>;

  constructor(cluster: Cluster, direction: Direction) {
    this.parts = new Map(addressParts(cluster.mentionedAddresses(direction), 4).map(part => [part.first, part]));
  }

  /** Nothing for those that have no line. */
  of(party: Party): string | undefined {
    let title = this.known.get(party);
    if (title === undefined && !this.known.has(party)) {
      const listed = party.type === 'addresses' ? this.partAt(party) : party.type === 'workload' ? party : undefined;
      title = listed && listTitle(listed);
      this.known.set(party, title);
    }
    return title;
  }

  private partAt({ family, first }: AddressParty): AddressParty | undefined {
    return family === 4 ? this.parts.get(first) : undefined;
  }
}

function connectionOf(connection: Connection, texts: Map<PortSet, string>): string {
  const ports = connection.limited.length === 0 ? connection.open : passing(connection);
  let text = texts.get(ports);
  if (text === undefined) {
    text = listText(ports);
    texts.set(ports, text);
  }
  return text;
}

/** As the format calls a workload, or addresses: a single one is a range too. */
export function listTitle(party: Party): string {
  return party.type === 'addresses' ? rangeText(party) : oneLine(titleOf(party));
}

/** What passes for sure in the words of the format; empty where nothing does. */
export function connectionLine(connection: Connection): string {
  return listText(passing(connection));
}

/** The format knows three protocols: all of them in full are everything. */
function listText(ports: PortSet): string {
  if (PROTOCOLS.every(protocol => ports.hasAll(protocol))) return 'All Connections';
  return PROTOCOLS.filter(protocol => ports.ranges(protocol).length > 0)
    .map(protocol => `${protocol} ${ports.ranges(protocol).map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',')}`)
    .join(',');
}
