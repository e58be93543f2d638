export const NAME_LEADS_THERE = 'a DNS name leads there';

/** That a DNS name may lead to an address says no more than the name itself, which is in the map. */
export function isToldByName(conditions: readonly string[]): boolean {
  return conditions.length === 1 && conditions[0] === NAME_LEADS_THERE;
}
