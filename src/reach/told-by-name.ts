import type { Cluster } from './cluster';
import type { Connection } from './connection';
import type { Party } from './party';

export const NAME_LEADS_THERE = 'a DNS name leads there';

/** Whether what perhaps passes is that a DNS name may lead to an address: it says no more than the name itself, which is in the map. */
export function isToldByName(from: Party, to: Party, { perhaps }: Connection, cluster: Cluster): boolean {
  return to.type === 'addresses' && !perhaps.isEmpty() && isToldByConditions(cluster.conditions(from, to));
}

export function isToldByConditions(conditions: readonly string[]): boolean {
  return conditions.length === 1 && conditions[0] === NAME_LEADS_THERE;
}
