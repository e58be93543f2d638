import { readAddresses } from './address-block';
import type { Cluster } from './cluster';
import type { HttpRequest } from './l7';
import { type AddressParty, isOfSet, type Party, titleOf, within } from './party';
import { partiesAt, strangersBeside } from './place';
import { portsNamed } from './port-at';
import { PortSet } from './port-set';
import { onePort, parsePorts } from './port-text';
import { behindPorts, isService } from './services';

/** A row of a table of flows: what is expected between two places. */
export interface FlowRow {
  readonly name?: string;
  readonly from: string;
  /** A place, or `namespace/name[Service]` with a port of the Service. */
  readonly to: string;
  /** `8080`, `8080/tcp`, `53/udp`, `9090-9099/tcp`, `tcp` for all of a protocol, `any` for everything, `http` for a port by name. */
  readonly port: string;
  /** `depends` for what passes under a condition that the manifests do not settle. */
  readonly expect: 'allowed' | 'denied' | 'depends';
  /** One request that is asked about. */
  readonly http?: HttpRequest;
  readonly sni?: string;
  readonly dns?: string;
  /** All requests that pass, as policies write them and answers tell them: `GET /v1/models`. With `depends`, all that do for sure. */
  readonly only?: readonly string[];
}

/** Two who are meant by a row, and on which ports. */
export interface RowPair {
  readonly from: Party;
  readonly to: Party;
  readonly ports: PortSet;
}

/** Every pair that a row means; a workload to itself is left out where there are several. */
export function pairsOf(row: FlowRow, cluster: Cluster): RowPair[] {
  const destinations = destinationsOf(row, cluster);
  const sources = partiesAt(row.from, cluster.world);
  const pairs = sources.flatMap(from => destinations.map(({ party: to, ports }) => ({ from, to, ports })));
  const others = pairs.filter(({ from, to }) => titleOf(from) !== titleOf(to));
  return [...others.length > 0 ? others : pairs, ...row.expect === 'denied' ? pairsOfStrangers(row, sources, destinations, cluster) : []];
}

/** What is denied is denied to those too whom policies mean and places leave out. */
function pairsOfStrangers(
  { from, to, port }: FlowRow, sources: readonly Party[], destinations: readonly Destination[], { world }: Cluster,
): RowPair[] {
  const outgoing = strangersBeside(from, world).flatMap(source => destinations.filter(({ party }) => isOfSet(party))
    .map(({ party, ports }) => ({ from: source, to: party, ports })));
  const ports = parsePorts(port);
  if (isService(to) || ports === undefined) return outgoing;
  const beside = strangersBeside(to, world);
  return [...outgoing, ...sources.filter(isOfSet).flatMap(source => beside.map(party => ({ from: source, to: party, ports })))];
}

interface Destination {
  readonly party: Party;
  readonly ports: PortSet;
}

/** Who is called, and on which ports of their own: those that a Service leads to, or those that the destination has for a name. */
function destinationsOf({ to, port }: FlowRow, cluster: Cluster): Destination[] {
  const given = parsePorts(port);
  if (!isService(to)) {
    return partiesAt(to, cluster.world).map(party => ({ party, ports: given ?? portsNamed(party, port) }));
  }
  const only = onePort(given);
  if (given && !only) return behindPorts(to, given, cluster.world);
  return cluster.destinations({ to, ...only ?? { port } }).map(({ party, port: own, protocol = 'TCP' }) => ({
    party, ports: typeof own === 'number' ? PortSet.range(protocol, own, own) : portsNamed(party, own),
  }));
}

/** Who is meant by a place of a row. */
export interface RowEnd {
  readonly titles: ReadonlySet<string>;
  /** Where the row is about addresses; all of them for the world. */
  readonly block?: AddressParty | 'world';
}

export function readEnd(place: string, { world }: Cluster): RowEnd {
  const block = place.trim() === 'world' ? 'world' as const : readAddresses(place);
  return { titles: new Set(partiesAt(place, world).map(titleOf)), block };
}

export function isMeant({ titles, block }: RowEnd, party: Party): boolean {
  if (party.type !== 'addresses') return titles.has(titleOf(party));
  return block === 'world' || (block !== undefined && within(block, party) === 'all');
}
