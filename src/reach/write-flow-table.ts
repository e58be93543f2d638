import { addressRows, type OutsideEnd, rowsOf } from './address-rows';
import type { Cluster } from './cluster';
import { isClosed } from './connection';
import type { FlowRow } from './flow-row';
import { type AddressParty, type Party, titleOf } from './party';
import { PortSet } from './port-set';
import { serviceOfName } from './service-known';
import { isToldByName } from './told-by-name';

/**
 * The table that holds now: a row for each pair and range of ports that passes, with the requests where not all do. Addresses that are
 * treated alike are told together. Worked out row by row while it is read: it may have millions.
 */
export function* flowRowsOf(cluster: Cluster): Generator<FlowRow> {
  const outside = new Map<string, OutsideEnd>();
  const map = cluster.map([4, 6]);
  for (const { from, to, connection: whole } of map) {
    const connection = isToldByName(from, to, whole, cluster) ? { ...whole, perhaps: PortSet.NONE } : whole;
    if (isClosed(connection)) continue;
    const isDestination = from.type === 'addresses';
    if (isDestination || to.type === 'addresses') {
      const party = isDestination ? to : from;
      outside.set(`${isDestination} ${titleOf(party)}`, { party, place: placeOf(party, cluster), isDestination });
    } else {
      yield* rowsOf(placeOf(from, cluster), placeOf(to, cluster), connection);
    }
  }
  const addresses = map.parties.filter((party): party is AddressParty => party.type === 'addresses')
    .sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  for (const end of outside.values()) yield* addressRows(addresses, end, cluster);
}

/** Without the kind, where the name is enough. */
function placeOf(party: Party, { world }: Cluster): string {
  if (party.type === 'name' && (!party.name.includes('.') || serviceOfName(party.name, world) !== undefined)) return `dns:${party.name}`;
  if (party.type !== 'workload' || party.endpoint.stranger) return titleOf(party);
  const { namespace, name, title } = party.endpoint;
  const namesakes = world.endpointsOf(namespace).filter(endpoint => endpoint.name === name);
  return namesakes.length > 1 ? title : `${namespace}/${name}`;
}
