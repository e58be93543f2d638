import type { Cluster } from './cluster';
import type { Connection } from './connection';
import type { Party } from './party';
import { remember } from './remember';

export const NAME_LEADS_THERE = 'a DNS name leads there';

/** What perhaps passes to addresses of which the policies say the same is one object, for the same reasons. */
const memory = new WeakMap<Connection, boolean>();

/** Whether what perhaps passes is that a DNS name may lead to an address: it says no more than the name itself, which is in the map. */
export function isToldByName(from: Party, to: Party, connection: Connection, cluster: Cluster): boolean {
  if (to.type !== 'addresses' || connection.perhaps.isEmpty()) return false;
  return remember(memory, connection, () => isToldByConditions(cluster.conditions(from, to)));
}

export function isToldByConditions(conditions: readonly string[]): boolean {
  return conditions.length === 1 && conditions[0] === NAME_LEADS_THERE;
}
