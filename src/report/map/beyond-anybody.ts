import type { End } from './end';
import type { Flow } from './flows';
import { type Connection, connectionOf, isClosed, type Limited, passing } from '../../reach/connection';
import type { PortSet } from '../../reach/port-set';
import { ANYBODY } from '../../reach/strangers';

/**
 * Of strangers, what sets them apart: what any other pod may do as well is told once.
 *
 * @param flows with those of any other pod before those of some, as the order of the titles has it
 */
export function* beyondAnybody(flows: Iterable<Flow>): Generator<Flow> {
  for (const { flow, connection } of compared(flows)) yield connection === flow.connection ? flow : { ...flow, connection };
}

/** Strangers whom something sets apart, with all that they may do. */
export function* unlessAnybody(flows: Iterable<Flow>): Generator<Flow> {
  for (const { flow } of compared(flows)) yield flow;
}

function* compared(flows: Iterable<Flow>): Generator<{ readonly flow: Flow; readonly connection: Connection }> {
  const ofAnybody = new Map<string, Connection>();
  for (const flow of flows) {
    const isAnybody = flow.from.text === ANYBODY || flow.to.text === ANYBODY;
    if (isAnybody) ofAnybody.set(pairOf(flow, ANYBODY), flow.connection);
    const wide = !isAnybody && (isStranger(flow.from) || isStranger(flow.to)) ? ofAnybody.get(pairOf(flow, ANYBODY)) : undefined;
    const connection = wide ? rest(flow.connection, wide) : flow.connection;
    if (!isClosed(connection)) yield { flow, connection };
  }
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
