import type { ItemReading } from './read-policy';
import { isTemplate } from '../kubernetes/text';
import { asObject } from '../read';

/** A network that a policy names as a peer. */
export interface CidrText {
  readonly item: ItemReading;
  readonly pointer: string;
  readonly text: string;
  readonly hasExcept: boolean;
}

/** The networks of `fromCIDR`, `fromCIDRSet` and their egress sisters; what is still a template is left out. */
export function cidrTexts(items: readonly ItemReading[]): readonly CidrText[] {
  const texts: CidrText[] = [];
  for (const item of items) {
    for (const { field, entries, pointer } of item.peers) {
      const isSet = field.endsWith('CIDRSet');
      if (!isSet && !field.endsWith('CIDR')) continue;
      entries.forEach((entry, index) => {
        const fields = isSet ? asObject(entry) : undefined;
        const text = isSet ? fields?.cidr : entry;
        if (typeof text !== 'string' || isTemplate(text)) return;
        const hasExcept = Array.isArray(fields?.except) && fields.except.length > 0;
        texts.push({ item, pointer: `${pointer}/${index}${isSet ? '/cidr' : ''}`, text, hasExcept });
      });
    }
  }
  return texts;
}
