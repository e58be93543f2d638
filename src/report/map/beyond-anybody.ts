import type { End } from './end';
import type { Flow } from './flows';
import { type Connection, connectionOf, isClosed, type Limited, passing } from '../../reach/connection';
import type { PortSet } from '../../reach/port-set';

/** Pods of any other namespace, of which nothing is known. */
const ANYBODY = '*/*[Pods]';

/** Of strangers, what sets them apart: what any other pod may do as well is told once. */
export function beyondAnybody(flows: readonly Flow[]): Flow[] {
  const ofAnybody = new Map(flows.filter(({ from, to }) => from.text === ANYBODY || to.text === ANYBODY)
    .map(flow => [pairOf(flow, ANYBODY), flow.connection]));
  if (ofAnybody.size === 0) return [...flows];
  return flows.flatMap(flow => {
    const wide = isStranger(flow.from) || isStranger(flow.to) ? ofAnybody.get(pairOf(flow, ANYBODY)) : undefined;
    if (!wide || flow.from.text === ANYBODY || flow.to.text === ANYBODY) return [flow];
    const connection = rest(flow.connection, wide);
    return isClosed(connection) ? [] : [{ ...flow, connection }];
  });
}

function isStranger({ endpoint }: End): boolean {
  return endpoint?.stranger === true;
}

/** The pair with the stranger of it called otherwise. */
function pairOf({ from, to }: Flow, name: string): string {
  return isStranger(from) ? `${name}\n${to.text}` : `${from.text}\n${name}`;
}

function rest({ open, limited, perhaps }: Connection, wide: Connection): Connection {
  const left = limited.flatMap(({ ports, requests }) => limitedRest(ports, requests, wide));
  return connectionOf(open.minus(wide.open), left, perhaps.minus(wide.perhaps).minus(wide.open));
}

/** Where anybody may make some requests, those that are not among them are left. */
function limitedRest(ports: PortSet, requests: readonly string[], wide: Connection): Limited[] {
  const shared = wide.limited.map(told => ({
    ports: ports.intersection(told.ports), requests: requests.filter(request => !told.requests.includes(request)),
  }));
  return [{ ports: ports.minus(passing(wide)), requests }, ...shared].filter(one => !one.ports.isEmpty() && one.requests.length > 0);
}
