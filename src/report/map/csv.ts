import { portsOf } from './flow-text';
import type { Flow } from './flows';
import { csvRow } from '../csv-row';

/** For spreadsheets, a row for each pair: what passes, what passes with some requests only, and what perhaps. */
export function* csv(flows: Iterable<Flow>): Generator<string> {
  yield csvRow(['from', 'to', 'open', 'limited', 'perhaps', 'conditions']);
  for (const { from, to, connection: { open, limited, perhaps }, conditions } of flows) {
    yield csvRow([
      from.text,
      to.text,
      open.isEmpty() ? '' : portsOf(open),
      limited.map(({ ports, requests }) => `${portsOf(ports)} only ${requests.join(', ')}`).join('; '),
      perhaps.isEmpty() ? '' : portsOf(perhaps),
      conditions.join('; '),
    ]);
  }
}
