import { cidrsOf } from './address-block';
import type { Cluster } from './cluster';
import { passing } from './connection';
import type { FlowRow } from './flow-table';
import { type AddressParty, type Party, titleOf } from './party';
import { PortSet } from './port-set';
import { portTexts } from './port-text';

/** The table that holds now: a row for each pair and range of ports that passes. Addresses that are treated alike are told together. */
export function flowRowsOf(cluster: Cluster): FlowRow[] {
  const rows: FlowRow[] = [];
  const outside = new Map<string, { party: Party; isSource: boolean; parts: Map<PortSet, AddressParty[]>; count: number }>();
  const map = cluster.map();
  const all = map.parties.filter(({ type }) => type === 'addresses').length;
  for (const { from, to, connection } of map) {
    const ports = passing(connection);
    if (ports.isEmpty()) continue;
    const address = from.type === 'addresses' ? from : to.type === 'addresses' ? to : undefined;
    if (!address) {
      rows.push(...rowsOf(placeOf(from, cluster), placeOf(to, cluster), ports));
      continue;
    }
    const isSource = address === from;
    const party = isSource ? to : from;
    const key = `${isSource} ${titleOf(party)}`;
    const known = outside.get(key) ?? { party, isSource, parts: new Map<PortSet, AddressParty[]>(), count: 0 };
    known.parts.set(ports, [...known.parts.get(ports) ?? [], address]);
    known.count++;
    outside.set(key, known);
  }
  for (const { party, isSource, parts, count } of outside.values()) {
    for (const [ports, addresses] of parts) {
      const isWorld = parts.size === 1 && count === all;
      for (const place of isWorld ? ['world'] : addresses.flatMap(cidrsOf)) {
        const own = placeOf(party, cluster);
        rows.push(...isSource ? rowsOf(place, own, ports) : rowsOf(own, place, ports));
      }
    }
  }
  return rows;
}

function rowsOf(from: string, to: string, ports: PortSet): FlowRow[] {
  return portTexts(ports).map(port => ({ from, to, port, expect: 'allowed' }));
}

/** Without the kind, where the name is enough. */
function placeOf(party: Party, { world }: Cluster): string {
  if (party.type !== 'workload') return titleOf(party);
  const { namespace, name, title } = party.endpoint;
  const namesakes = world.endpointsOf(namespace).filter(endpoint => endpoint.name === name);
  return namesakes.length > 1 ? title : `${namespace}/${name}`;
}
