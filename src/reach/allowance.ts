import { beyond } from './beyond';
import { joinLimits, type Limited } from './connection';
import { textOfRequest } from './covers-request';
import type { FlowRow } from './flow-row';
import { PortSet } from './port-set';

/** What rows let pass: any request, some, and what they expect to pass under a condition. */
export interface Allowance {
  readonly open: PortSet;
  readonly limited: readonly Limited[];
  readonly perhaps: PortSet;
}

export const NOTHING: Allowance = { open: PortSet.NONE, limited: [], perhaps: PortSet.NONE };
export const ANYTHING: Allowance = { open: PortSet.ALL, limited: [], perhaps: PortSet.NONE };

/** What a row lets pass on its ports. One about a request says nothing of other requests. */
export function allowedBy(row: FlowRow, ports: PortSet): Allowance {
  const request = textOfRequest(row);
  const requests = row.only ?? (request === '' ? undefined : [request]);
  const limited = requests ? [{ ports, requests }] : [];
  if (row.expect === 'depends') return request === '' ? { ...NOTHING, limited, perhaps: ports } : NOTHING;
  return requests ? { ...NOTHING, limited } : { ...NOTHING, open: ports };
}

export function joinAllowances(several: readonly Allowance[]): Allowance {
  const [only = NOTHING, another] = several;
  if (!another) return only;
  return {
    open: PortSet.union(several.map(({ open }) => open)),
    limited: joinLimits(several.flatMap(({ limited }) => limited)),
    perhaps: PortSet.union(several.map(({ perhaps }) => perhaps)),
  };
}

/** Ports on which more passes, for sure or perhaps. */
export function excess(passes: Allowance, allowed: Allowance): PortSet {
  return beyond(passes, allowed).union(passes.perhaps.minus(allowed.open).minus(allowed.perhaps));
}
