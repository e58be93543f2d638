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
export function dnsTexts({ items }: PolicyReading): readonly DnsText[] {
  const texts: DnsText[] = [];
  const add = (siblings: readonly Fields[], pointer: string) => siblings.forEach(({ matchName, matchPattern }, index) => {
    texts.push({ name: plain(matchName), pattern: plain(matchPattern), pointer: `${pointer}/${index}`, siblings });
  });
  for (const { fields, pointer, portRules } of items) {
    if (fields.toFQDNs !== undefined) add(asList(fields.toFQDNs).map(entry => asObject(entry) ?? {}), `${pointer}/toFQDNs`);
    for (const { dns, pointer: at } of portRules) if (dns.length > 0) add(dns, `${at}/rules/dns`);
  }
  return texts;
}

function plain(text: unknown): string {
  return typeof text === 'string' && !isTemplate(text) ? text : '';
}
