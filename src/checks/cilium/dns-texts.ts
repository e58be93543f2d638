import type { Fields, PolicyReading } from './read-policy';
import { isTemplate } from '../kubernetes/text';
import { asList, asObject } from '../read';

/** An entry of `toFQDNs` or of DNS rules; a field that is not there is an empty text. */
export interface DnsText {
  readonly name: string;
  readonly pattern: string;
  readonly pointer: string;
  /** The entries of the list that it stands in. */
  readonly siblings: readonly Fields[];
}

/** The names and patterns of a policy that are written out. */
export function* dnsTexts({ items }: PolicyReading): Iterable<DnsText> {
  for (const { fields, pointer, portRules } of items) {
    yield* entries(asList(fields.toFQDNs).map(entry => asObject(entry) ?? {}), `${pointer}/toFQDNs`);
    for (const portRule of portRules) yield* entries(portRule.dns, `${portRule.pointer}/rules/dns`);
  }
}

function* entries(siblings: readonly Fields[], pointer: string): Iterable<DnsText> {
  for (const [index, { matchName, matchPattern }] of siblings.entries()) {
    yield { name: plain(matchName), pattern: plain(matchPattern), pointer: `${pointer}/${index}`, siblings };
  }
}

function plain(text: unknown): string {
  return typeof text === 'string' && !isTemplate(text) ? text : '';
}
