import { familyOf, type Party } from './party';
import { PortSet, type Protocol } from './port-set';
import { remember } from './remember';
import type { PortRule, Ports } from './rule';
import { isUnfilled, unfilledIn } from './unfilled';

const memory = new WeakMap<Ports, Map<unknown, PortSet>>();
const portsTexts = new WeakMap<Ports, string>();
const setTexts = new WeakMap<PortSet, string>();

/** The ports at a destination. A name that it does not give to any of its own is no port; the outside has no names at all. */
export function resolvePorts(ports: Ports, destination: Party): PortSet {
  if (ports.names.length === 0 || destination.type !== 'workload') return ports.numbers;
  let known = memory.get(ports);
  if (!known) {
    known = new Map();
    memory.set(ports, known);
  }
  let set = known.get(destination.class);
  if (!set) {
    set = PortSet.union([ports.numbers, ...named(ports, destination.endpoint.ports)]);
    known.set(destination.class, set);
  }
  return set;
}

const OTHER_ICMP = { 4: PortSet.protocol('ICMPv6'), 6: PortSet.protocol('ICMP') };

/** The same, without the ICMP of a family that a peer known by its addresses does not speak. */
export function portsBetween(ports: Ports, peer: Party, destination: Party): PortSet {
  const set = resolvePorts(ports, destination);
  const family = familyOf(peer);
  // Everything stays everything, which people read more easily.
  return family !== undefined && set !== PortSet.ALL ? set.minus(OTHER_ICMP[family]) : set;
}

/**
 * What a name may stand for at pods that are not in the set: nobody knows what they call their ports. What is still to be filled in may be
 * any port of anybody.
 */
export function unknownPorts({ names }: Ports, destination: Party): PortSet {
  if (names.length === 0) return PortSet.NONE;
  const isStranger = destination.type === 'workload' && destination.endpoint.stranger;
  const unknown = isStranger ? names : names.filter(({ name }) => isUnfilled(name));
  return PortSet.union(unknown.flatMap(({ protocols }) => protocols.map(protocol => PortSet.protocol(protocol))));
}

/** What it depends on whether they are a port that they do not say. */
export function unknownPortsIf(rules: readonly PortRule[]): string {
  const names = rules.flatMap(({ ports }) => ports.names.map(({ name }) => name));
  return unfilledIn(names) ?? portNameIf(names);
}

export const UNKNOWN_PORT_NAMES = 'the pods give a port the name';

export function portNameIf(names: readonly string[]): string {
  return `${UNKNOWN_PORT_NAMES} ${[...new Set(names)].join(' or ')}`;
}

function named({ names }: Ports, offered: readonly { name: string; protocol: string; port: number }[]): PortSet[] {
  return names.flatMap(({ name, protocols }) => offered
    .filter(port => port.name === name && protocols.includes(port.protocol as Protocol))
    .map(({ protocol, port }) => PortSet.range(protocol as Protocol, port, port)));
}

/** Ports as they are written, with their names. */
export function portsText(ports: Ports): string {
  return remember(portsTexts, ports, writePorts);
}

function writePorts({ numbers, names }: Ports): string {
  return [...names.map(({ name, protocols }) => `${name}/${protocols.length === 1 ? protocols[0] : 'ANY'}`), portSetText(numbers)]
    .filter(Boolean).join(', ');
}

/** `8080/TCP, 53/UDP`; every port of everything is `any port`. */
export function portSetText(set: PortSet): string {
  return remember(setTexts, set, writeSet);
}

function writeSet(set: PortSet): string {
  if (set === PortSet.ALL) return 'any port';
  const protocols = (['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6'] as const).flatMap(protocol => {
    if (set.hasAll(protocol)) return [`any ${protocol}`];
    return set.ranges(protocol).map(([from, to]) => (protocol.startsWith('ICMP') ? `${protocol} type ${span(from, to)}` : `${span(from, to)}/${protocol}`));
  });
  return protocols.join(', ');
}

function span(from: number, to: number): string {
  return from === to ? String(from) : `${from}-${to}`;
}
