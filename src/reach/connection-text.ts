import { type Connection, mostOf, passing } from './connection';
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

/**
 * The ports on which more passes under a condition, and the requests where these are some only: all that are left are not counted up.
 *
 * @param requestText how a request is told
 */
export function perhapsText(connection: Connection, requestText = (request: string) => request): string {
  const { perhaps } = connection;
  const sure = passing(connection);
  const limited = mostOf(connection).limited
    .map(({ ports, requests }) => ({ ports: ports.intersection(perhaps), requests })).filter(({ ports }) => !ports.isEmpty());
  const open = perhaps.minus(passing({ open: PortSet.NONE, limited }));
  const isRest = !sure.isEmpty() && open === PortSet.ALL.minus(sure);
  return [
    ...open.isEmpty() ? [] : [isRest ? 'any other port' : portSetText(open) || 'other protocols'],
    ...limited.map(({ ports, requests }) => `${portSetText(ports)} only ${requests.map(requestText).join(', ')}`),
  ].join(' and ');
}
