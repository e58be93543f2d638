import type { Connection } from './connection';
import { portSetText } from './resolve-ports';

/** A connection for people: `8080/TCP, 443/TCP only GET /v1/.*, perhaps 53/UDP`; `nothing` where nothing passes. */
export function connectionText({ open, limited, perhaps }: Connection): string {
  const parts = [
    open.isEmpty() ? [] : [portSetText(open) || 'other protocols'],
    limited.map(({ ports, requests }) => `${portSetText(ports)} only ${requests.join(', ')}`),
    perhaps.isEmpty() ? [] : [`perhaps ${portSetText(perhaps) || 'other protocols'}`],
  ].flat();
  return parts.join('; ') || 'nothing';
}
