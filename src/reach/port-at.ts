import { type Party, titleOf } from './party';
import { PortSet, type Protocol } from './port-set';
import { GuardrailsError } from '../values/guardrails-error';

/** The ports that a destination gives a name to; none where it has no such name. */
export function portsNamed(to: Party, name: string): PortSet {
  const offered = to.type === 'workload' ? to.endpoint.ports.filter(port => port.name === name) : [];
  return PortSet.union(offered.map(({ protocol, port }) => PortSet.range(protocol as Protocol, port, port)));
}

/**
 * The number of a port of a destination.
 *
 * @throws GuardrailsError where it is none, or the destination has no port or several of that name
 */
export function portAt(to: Party, port: number | string, protocol: Protocol): number {
  const given = typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port;
  if (typeof given === 'number') {
    if (PortSet.range(protocol, given, given).isEmpty() || !Number.isInteger(given)) {
      throw new GuardrailsError('reach', 'port', { given: String(port), allowed: 'a port from 1 to 65535, or a type of ICMP from 0 to 255', mend: 'Write the port that the pods listen on.' });
    }
    return given;
  }
  const offered = to.type === 'workload' ? to.endpoint.ports.filter(one => one.protocol === protocol) : [];
  const numbers = [...new Set(offered.filter(({ name }) => name === port).map(one => one.port))];
  if (numbers.length === 1) return numbers[0]!;
  throw new GuardrailsError('reach', 'port', {
    given: `'${port}' of ${titleOf(to)}`,
    allowed: `a number, or the name of one of its ${protocol} ports: ${offered.map(({ name }) => name).join(', ') || 'it names none'}`,
    mend: numbers.length > 1 ? 'Several containers give this name to different ports: ask by number.' : 'Ask by number.',
  });
}
