import { cidrsOf, isEverything } from '../../reach/address-block';
import type { AddressParty } from '../../reach/party';

/** Ranges without neighbours: those that touch are one. */
export function joinRanges(ranges: readonly AddressParty[]): AddressParty[] {
  const sorted = [...ranges].sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  const joined: AddressParty[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last?.family === range.family && last.last + 1n >= range.first) joined[joined.length - 1] = { ...last, last: range.last };
    else joined.push(range);
  }
  return joined;
}

export function cidrTexts(ranges: readonly AddressParty[]): string[] {
  return joinRanges(ranges).flatMap(cidrsOf);
}

const ALL: readonly AddressParty[] = [4, 6].map(family => ({ type: 'addresses', family: family as 4 | 6, first: 0n, last: 2n ** (family === 4 ? 32n : 128n) - 1n }));

/**
 * Addresses as people write them: `any address`, `10.0.0.0/8`, or `any address except 169.254.169.254/32` where that is shorter. Of how
 * many families addresses are looked at decides what is all of them.
 */
export function addressText(ranges: readonly AddressParty[], families: number): string {
  const parts = ALL.flatMap(all => {
    const own = joinRanges(ranges.filter(({ family }) => family === all.family));
    return own.length === 0 ? [] : [{ own, all }];
  });
  if (parts.length === families && parts.every(({ own }) => own.length === 1 && isEverything(own[0]!))) return 'any address';
  return parts.map(({ own, all }) => familyText(own, all, families)).join(', ');
}

function familyText(own: readonly AddressParty[], all: AddressParty, families: number): string {
  const held = own.flatMap(cidrsOf);
  const missing = gaps(own, all).flatMap(cidrsOf);
  if (missing.length >= held.length) return held.join(', ');
  const whole = families === 1 ? 'any address' : all.family === 4 ? '0.0.0.0/0' : '::/0';
  return missing.length === 0 ? whole : `${whole} except ${missing.join(', ')}`;
}

/** What lies between joined ranges. */
function gaps(ranges: readonly AddressParty[], all: AddressParty): AddressParty[] {
  const found: AddressParty[] = [];
  let next = all.first;
  for (const { first, last } of ranges) {
    if (first > next) found.push({ ...all, first: next, last: first - 1n });
    next = last + 1n;
  }
  return next <= all.last ? [...found, { ...all, first: next }] : found;
}
