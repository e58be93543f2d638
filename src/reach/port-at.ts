import { type Party, titleOf } from './party';
import { PortSet, type Protocol, PROTOCOLS } from './port-set';
import { parsePorts } from './port-text';
import { GuardrailsError } from '../values/guardrails-error';

/** One port that is asked about. */
export interface PortAsked {
  /** A number, or a name among the ports of the destination. */
  readonly port: number | string;
  /** Nothing for a name of whatever protocol. */
  readonly protocol?: Protocol;
}

const NAMED = /^([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\/(tcp|udp|sctp))?$/i;
const ICMP = /^icmp(v6)?\/(\d{1,3})$/i;

/**
 * One port as people write it: `8080`, `8080/tcp`, `53/udp`, `icmp/8`, or a name, with a protocol or without. A number alone is one of TCP.
 *
 * @throws GuardrailsError for anything else, and where the text says another protocol than the one that is given
 */
export function portAsked(given: number | string, protocol?: Protocol): PortAsked {
  if (protocol !== undefined && !PROTOCOLS.includes(protocol)) {
    throw new GuardrailsError('reach', 'protocol', { given: protocol, allowed: PROTOCOLS.join(', '), mend: 'Write one of them, in capitals.' });
  }
  if (typeof given === 'number') return { port: given, protocol: protocol ?? 'TCP' };
  const { port, protocol: said } = readPort(given.trim());
  if (said !== undefined && protocol !== undefined && said !== protocol) {
    throw new GuardrailsError('reach', 'port', {
      given: `'${given}' and the protocol ${protocol}`, allowed: 'one protocol', mend: 'Leave one of the two out.',
    });
  }
  return { port, protocol: said ?? protocol ?? (typeof port === 'number' ? 'TCP' : undefined) };
}

function readPort(text: string): PortAsked {
  if (/^-\d+$/.test(text)) insistNumber(Number(text), 'TCP');
  const [, six, type] = ICMP.exec(text) ?? [];
  if (type !== undefined) return { port: Number(type), protocol: six === undefined ? 'ICMP' : 'ICMPv6' };
  const [, port, protocol] = NAMED.exec(text) ?? [];
  const isNumber = port !== undefined && /^\d+$/.test(port);
  if (port === undefined || (!isNumber && !isPortName(text))) {
    throw new GuardrailsError('reach', 'port', {
      given: `'${text}'`,
      allowed: 'one port: 8080, 8080/tcp, 53/udp, icmp/8, or the name that the pods give to it',
      mend: 'Ask port by port.',
    });
  }
  return { port: isNumber ? Number(port) : port, protocol: protocol?.toUpperCase() as Protocol | undefined };
}

/** Whether a text can be the name of a port, alone or with a protocol: what means several ports in a table is none. */
export function isPortName(text: string): boolean {
  const [, name = ''] = NAMED.exec(text.trim()) ?? [];
  return /[a-z]/i.test(name) && parsePorts(text) === undefined;
}

/** The ports that a destination gives a name to, `http` or `http/udp`; none where it has no such name. */
export function portsNamed(to: Party, text: string): PortSet {
  const [, name, protocol] = NAMED.exec(text) ?? [];
  return PortSet.union(offered(to, protocol?.toUpperCase()).filter(port => port.name === name)
    .map(port => PortSet.range(port.protocol as Protocol, port.port, port.port)));
}

/** Whether a port that is asked about may be one of a destination: nobody listens on a name that it does not have. */
export function hasPort(to: Party, { port, protocol }: PortAsked): boolean {
  return typeof port === 'number' || offered(to, protocol).some(({ name }) => name === port);
}

/**
 * The number of a port of a destination. Where a name has a port of TCP and others, it is that.
 *
 * @throws GuardrailsError where it is none, or the destination has no port or several of that name
 */
export function portAt(to: Party, { port, protocol }: PortAsked): { readonly port: number; readonly protocol: Protocol } {
  if (typeof port === 'number') return insistNumber(port, protocol ?? 'TCP');
  const named = offered(to, protocol).filter(({ name }) => name === port);
  const preferred = named.some(own => own.protocol === 'TCP') ? named.filter(own => own.protocol === 'TCP') : named;
  const [first, ...others] = preferred;
  if (first && others.every(other => other.port === first.port && other.protocol === first.protocol)) {
    return { port: first.port, protocol: first.protocol as Protocol };
  }
  const known = [...new Set(offered(to, protocol).flatMap(({ name }) => name ?? []))];
  throw new GuardrailsError('reach', 'port', {
    given: `'${port}' of ${titleOf(to)}`,
    allowed: `a number, or the name of one of its ${protocol === undefined ? '' : `${protocol} `}ports: ${known.join(', ') || 'it names none'}`,
    mend: first ? 'Several containers give this name to different ports: ask by number.' : 'Ask by number.',
  });
}

function offered(to: Party, protocol: string | undefined) {
  return to.type === 'workload' ? to.endpoint.ports.filter(port => protocol === undefined || port.protocol === protocol) : [];
}

function insistNumber(port: number, protocol: Protocol): { readonly port: number; readonly protocol: Protocol } {
  if (Number.isInteger(port) && !PortSet.range(protocol, port, port).isEmpty()) return { port, protocol };
  throw new GuardrailsError('reach', 'port', {
    given: String(port), allowed: 'a port from 1 to 65535, or a type of ICMP from 0 to 255', mend: 'Write the port that the pods listen on.',
  });
}
