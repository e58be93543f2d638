import { cidrsOf } from './address-block';
import type { Cluster } from './cluster';
import { type Connection, isClosed } from './connection';
import { connectionText } from './connection-text';
import type { FlowRow } from './flow-row';
import { type AddressParty, type Party, titleOf } from './party';
import { PortSet } from './port-set';
import { portTexts } from './port-text';
import { isToldByName } from './told-by-name';

/** What passes between a party and addresses. */
interface Outside {
  readonly party: Party;
  readonly isSource: boolean;
  /** Addresses that are treated alike, by what passes. */
  readonly parts: Map<string, { readonly connection: Connection; readonly addresses: AddressParty[] }>;
  count: number;
}

/**
 * The table that holds now: a row for each pair and range of ports that passes, with the requests where not all do. Addresses that are
 * treated alike are told together.
 */
export function flowRowsOf(cluster: Cluster): FlowRow[] {
  const rows: FlowRow[] = [];
  const outside = new Map<string, Outside>();
  const map = cluster.map([4, 6]);
  const all = map.parties.filter(({ type }) => type === 'addresses').length;
  for (const { from, to, connection: whole } of map) {
    const connection = isToldByName(from, to, whole, cluster) ? { ...whole, perhaps: PortSet.NONE } : whole;
    if (isClosed(connection)) continue;
    const address = from.type === 'addresses' ? from : to.type === 'addresses' ? to : undefined;
    if (!address) {
      rows.push(...rowsOf(placeOf(from, cluster), placeOf(to, cluster), connection));
      continue;
    }
    const party = address === from ? to : from;
    const key = `${address === from} ${titleOf(party)}`;
    const known: Outside = outside.get(key) ?? { party, isSource: address === from, parts: new Map(), count: 0 };
    const part = known.parts.get(connectionText(connection)) ?? { connection, addresses: [] };
    part.addresses.push(address);
    known.parts.set(connectionText(connection), part);
    known.count++;
    outside.set(key, known);
  }
  for (const { party, isSource, parts, count } of outside.values()) {
    for (const { connection, addresses } of parts.values()) {
      const isWorld = parts.size === 1 && count === all;
      for (const place of isWorld ? ['world'] : addresses.flatMap(cidrsOf)) {
        const own = placeOf(party, cluster);
        rows.push(...isSource ? rowsOf(place, own, connection) : rowsOf(own, place, connection));
      }
    }
  }
  return rows;
}

function rowsOf(from: string, to: string, { open, limited, perhaps }: Connection): FlowRow[] {
  return [
    ...portTexts(open).map((port): FlowRow => ({ from, to, port, expect: 'allowed' })),
    ...limited.flatMap(({ ports, requests }) => portTexts(ports).map((port): FlowRow => ({ from, to, port, only: requests, expect: 'allowed' }))),
    ...portTexts(perhaps).map((port): FlowRow => ({ from, to, port, expect: 'depends' })),
  ];
}

/** Without the kind, where the name is enough. */
function placeOf(party: Party, { world }: Cluster): string {
  if (party.type !== 'workload' || party.endpoint.stranger) return titleOf(party);
  const { namespace, name, title } = party.endpoint;
  const namesakes = world.endpointsOf(namespace).filter(endpoint => endpoint.name === name);
  return namesakes.length > 1 ? title : `${namespace}/${name}`;
}
