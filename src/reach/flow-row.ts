import { isEverything, readAddresses } from './address-block';
import { readTerm } from './address-terms';
import type { Cluster } from './cluster';
import type { HttpRequest } from './l7';
import { isOwnPod } from './own-node';
import { pairsBeside } from './pairs-beside';
import { type AddressParty, type Party, titleOf, within } from './party';
import { partiesAt } from './place';
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

/** Every pair that a row may mean, a workload and itself too. */
export function pairsMeant(row: FlowRow, cluster: Cluster): RowPair[] {
  const destinations = destinationsOf(row, cluster);
  return partiesAt(row.from, cluster.world).flatMap(from => destinations.map(({ party: to, ports }) => ({ from, to, ports })));
}

/** Every pair that has to be as a row says; a workload to itself is left out where there are several. */
export function pairsOf(row: FlowRow, cluster: Cluster): RowPair[] {
  const destinations = destinationsOf(row, cluster);
  const sources = partiesAt(row.from, cluster.world);
  const pairs = sources.flatMap(from => destinations.map(({ party: to, ports }) => ({ from, to, ports })));
  const others = pairs.filter(({ from, to }) => titleOf(from) !== titleOf(to));
  const meant = others.length > 0 ? others : pairs;
  if (row.expect !== 'denied') return meant;
  // What is denied is denied to those too whom policies mean and places leave out.
  const meet = (party: Party) => ({ party, ports: parsePorts(row.port) ?? PortSet.NONE });
  const beside = pairsBeside(row, { sources, destinations, meet }, cluster);
  return [
    ...meant.filter(({ from, to }) => !isOwnPod(row, from, to)),
    ...beside.map(({ from, to: { party, ports } }) => ({ from, to: party, ports })),
  ];
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
  readonly blocks?: readonly AddressParty[] | 'world';
}

export function readEnd(place: string, { world }: Cluster): RowEnd {
  const addresses = readAddresses(place);
  const blocks = place.trim() === 'world' ? 'world' as const : addresses ? [addresses] : readTerm(place);
  return { titles: new Set(partiesAt(place, world).map(titleOf)), blocks };
}

export function isMeant({ titles, blocks = [] }: RowEnd, party: Party): boolean {
  // A name leads somewhere in the world.
  if (party.type === 'name' && (blocks === 'world' || blocks.some(isEverything))) return true;
  if (party.type !== 'addresses') return titles.has(titleOf(party));
  return blocks === 'world' || blocks.some(block => within(block, party) === 'all');
}
