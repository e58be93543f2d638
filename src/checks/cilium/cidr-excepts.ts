import type { ItemReading, PolicyReading } from './read-policy';
import { plainTexts } from './values';
import { type Cidr, type Ip, parseCidr, parseIp } from '../../values/cidr';
import { asList, asObject, asString } from '../read';

/** An exception of a network, both of them readable. */
export interface CidrExcept {
  readonly item: ItemReading;
  readonly pointer: string;
  readonly cidr: Cidr;
  readonly except: Cidr;
  /** The address as it is written, with the bits beyond the prefix: the agent looks at that one. */
  readonly address: Ip;
  readonly texts: { readonly cidr: string; readonly except: string };
}

export function* cidrExcepts({ items }: PolicyReading): Iterable<CidrExcept> {
  for (const item of items) {
    for (const { field, entries, pointer } of item.peers) {
      if (!field.endsWith('CIDRSet')) continue;
      for (const [index, entry] of entries.entries()) {
        const fields = asObject(entry);
        const excepts = plainTexts(asList(fields?.except));
        if (excepts.length > 0) yield* ofEntry(item, asString(fields?.cidr) ?? '', excepts, `${pointer}/${index}/except`);
      }
    }
  }
}

function* ofEntry(item: ItemReading, text: string, excepts: { text: string; index: number }[], pointer: string): Iterable<CidrExcept> {
  const cidr = parseCidr(text);
  if (!cidr) return;
  for (const { text: exceptText, index } of excepts) {
    const except = parseCidr(exceptText);
    const address = parseIp(exceptText.split('/')[0] ?? '');
    if (except && address) yield { item, pointer: `${pointer}/${index}`, cidr, except, address, texts: { cidr: text, except: exceptText } };
  }
}
