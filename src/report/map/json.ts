import type { End } from './end';
import type { Flow } from './flows';
import { cidrTexts } from '../../reach/address-terms';
import { type PortSet, PortSet as Ports, PROTOCOLS } from '../../reach/port-set';

/** The version of this format: it changes when a field goes or means something else. */
const FORMAT = 1;

/**
 * For programs, a line for each connection. `open` are ports that any request passes on, `limited` those that only some do, `perhaps`
 * those that depend on `conditions`: where a port is limited as well, more requests than these do. Ports are ranges of a protocol, types
 * for ICMP, and `any` is true for everything there is. `parties` tells who is who: it comes last, since addresses are known by what they
 * have in common only then.
 *
 * @param workloads those of the map, for the ones that nobody reaches
 */
export function* json(flows: Iterable<Flow>, dataplane: string, workloads: Iterable<End>): Generator<string> {
  const parties = new Map<string, End>();
  yield `{"format":${FORMAT},"dataplane":${JSON.stringify(dataplane)},"connections":[`;
  let between = '\n';
  for (const flow of flows) {
    for (const end of [flow.from, flow.to]) parties.set(end.text, end);
    yield `${between}${JSON.stringify(plainFlow(flow))}`;
    between = ',\n';
  }
  for (const end of workloads) parties.set(end.text, end);
  yield '\n],"parties":[';
  between = '\n';
  for (const end of parties.values()) {
    yield `${between}${JSON.stringify(plainEnd(end))}`;
    between = ',\n';
  }
  yield '\n]}\n';
}

function plainFlow({ from, to, connection: { open, limited, perhaps }, conditions }: Flow) {
  return {
    from: from.text,
    to: to.text,
    open: plainPorts(open),
    limited: limited.map(({ ports, requests }) => ({ ports: plainPorts(ports), requests })),
    perhaps: plainPorts(perhaps),
    conditions,
  };
}

function plainPorts(set: PortSet) {
  const ranges = PROTOCOLS.flatMap(protocol => set.ranges(protocol).map(([first, last]) => ({ protocol, first, last })));
  return { any: set === Ports.ALL, ranges };
}

function plainEnd({ text, type, namespace, name, kind, members, ranges }: End) {
  const what = ranges ? { cidrs: cidrTexts(ranges) } : { namespace, name, kind, members: members?.map(({ title }) => title) };
  return { id: text, type, ...what };
}
