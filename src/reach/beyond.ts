import type { Passing } from './connection';
import { coversRequests } from './covers-request';
import { PortSet } from './port-set';

/** Ports on which more passes than is allowed: where only some requests may, any other is more. */
export function beyond({ open, limited }: Passing, allowed: Passing): PortSet {
  if (limited.length === 0) return open.minus(allowed.open);
  const excess = limited.map(({ ports, requests }) => {
    // Requests take long to compare.
    const covering = allowed.limited.filter(one => !one.ports.intersection(ports).isEmpty() && coversRequests(one.requests, requests));
    return ports.minus(PortSet.union(covering.map(one => one.ports)));
  });
  return PortSet.union([open, ...excess]).minus(allowed.open);
}
