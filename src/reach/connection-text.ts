import { type Connection, passing } from './connection';
import { PortSet } from './port-set';
import { portSetText } from './resolve-ports';

/** A connection for people: `8080/TCP, 443/TCP only GET /v1/.*, perhaps 53/UDP`; `nothing` where nothing passes. */
export function connectionText(connection: Connection): string {
  const { open, limited, perhaps } = connection;
  const parts = [
    open.isEmpty() ? [] : [portSetText(open) || 'other protocols'],
    limited.map(({ ports, requests }) => `${portSetText(ports)} only ${requests.join(', ')}`),
    perhaps.isEmpty() ? [] : [`perhaps ${perhapsText(connection)}`],
  ].flat();
  return parts.join('; ') || 'nothing';
}

/** The ports on which more passes under a condition: all that are left are not counted up. */
export function perhapsText(connection: Connection): string {
  const sure = passing(connection);
  if (!sure.isEmpty() && connection.perhaps === PortSet.ALL.minus(sure)) return 'any other port';
  return portSetText(connection.perhaps) || 'other protocols';
}
