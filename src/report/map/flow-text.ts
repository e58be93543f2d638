import type { Flow } from './flows';
import { perhapsText } from '../../reach/connection-text';
import { portSetText } from '../../reach/resolve-ports';

/** A flow in words, part by part: `8080/TCP`, `8000/TCP only GET /v1/models`, `perhaps 443/TCP, depending on whether ...`. */
export function flowParts({ connection, conditions }: Flow): string[] {
  const { open, limited, perhaps } = connection;
  const condition = conditions.join(' and whether ') || 'what the manifests do not tell is so';
  return [
    ...open.isEmpty() ? [] : [portsOf(open)],
    ...limited.map(({ ports, requests }) => `${portsOf(ports)} only ${requests.map(requestText).join(', ')}`),
    ...perhaps.isEmpty() ? [] : [`perhaps ${perhapsText(connection, requestText)}, depending on whether ${condition}`],
  ];
}

/** A set that is nothing but other protocols has no ports to tell. */
export function portsOf(ports: Flow['connection']['open']): string {
  return portSetText(ports) || 'other protocols';
}

/** Without the ends of the pattern that only let a query follow. */
export function requestText(request: string): string {
  return request.replace(/\(\\\?\.\*\)\?(?=$|\s)/g, '').replace(/\(\[\/\?\]\.\*\)\?(?=$|\s)/g, '/...');
}
