import { cidrsOf, readAddresses } from './address-block';
import { type AddressParty, within } from './party';
import type { IpFamily } from '../values/cidr';

/** A CIDR, and what of it is left out. */
export interface AddressTerm {
  readonly block: string;
  readonly except: readonly string[];
}

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

/** Addresses in the fewest CIDRs, of which some may be told as what they leave out: `172.20.0.0/16 except 172.20.5.0/24`. */
export function termsOf(ranges: readonly AddressParty[]): AddressTerm[] {
  const joined = joinRanges(ranges);
  return ([4, 6] as const).flatMap(family => termsIn(readPart(wholeOf(family), joined.filter(range => range.family === family))));
}

/** As it is written, and read as a place: `172.20.0.0/16 except 172.20.5.0/24, 172.20.9.9/32`. */
export function termText({ block, except }: AddressTerm): string {
  return except.length === 0 ? block : `${block} except ${except.join(', ')}`;
}

/** Several behind one another. Where a list is in one of them, another sign stands between. */
function joinTerms(texts: readonly string[]): string {
  return texts.join(texts.some(text => text.includes(' except ')) ? '; ' : ', ');
}

export function cidrTexts(ranges: readonly AddressParty[]): string[] {
  return joinRanges(ranges).flatMap(cidrsOf);
}

const EVERYTHING = ['0.0.0.0/0', '::/0'];

/**
 * Addresses as people write them: `any address`, `10.0.0.0/8`, or `any address except 169.254.169.254/32` where that is shorter. Of how
 * many families addresses are looked at decides what is all of them.
 */
export function addressText(ranges: readonly AddressParty[], families: number): string {
  const terms = termsOf(ranges);
  if (terms.length === families && terms.every(({ block, except }) => EVERYTHING.includes(block) && except.length === 0)) return 'any address';
  const text = (term: AddressTerm) => termText(families === 1 && EVERYTHING.includes(term.block) ? { ...term, block: 'any address' } : term);
  return joinTerms(terms.map(text));
}

/** The addresses of a place with `except`; nothing for any other place, or where a part of it is no CIDR. */
export function readTerm(text: string): AddressParty[] | undefined {
  const [, block, rest = ''] = /^(\S+)\s+except\s+(.+)$/.exec(text.trim()) ?? [];
  const whole = readAddresses(block);
  const except = rest.split(',').map(part => readAddresses(part.trim()));
  if (!whole || except.some(part => part === undefined || within(whole, part) !== 'all')) return undefined;
  let left = [whole];
  for (const part of except) left = left.flatMap(range => without(range, part!));
  return left.length > 0 ? left : undefined;
}

function without(range: AddressParty, { first, last }: AddressParty): AddressParty[] {
  if (last < range.first || first > range.last) return [range];
  return [{ ...range, last: first - 1n }, { ...range, first: last + 1n }].filter(part => part.first <= part.last);
}

/** A CIDR of which all addresses are told, none, or some: then its halves are parts as well. */
interface Part {
  readonly addresses: AddressParty;
  /** How many CIDRs it takes to tell of it, the shortest way. */
  readonly held: number;
  /** How many it takes to tell what is not told of it. */
  readonly missing: number;
  readonly halves?: readonly Part[];
}

function readPart(addresses: AddressParty, ranges: readonly AddressParty[]): Part {
  const { first, last } = addresses;
  if (ranges.length === 0) return { addresses, held: 0, missing: 1 };
  if (ranges[0]!.first <= first && ranges[0]!.last >= last) return { addresses, held: 1, missing: 0 };
  const middle = first + (last - first) / 2n;
  const halves = [
    readPart({ ...addresses, last: middle }, ranges.filter(range => range.first <= middle)),
    readPart({ ...addresses, first: middle + 1n }, ranges.filter(range => range.last > middle)),
  ];
  const [listed, missing] = [halves.reduce((sum, { held }) => sum + held, 0), halves.reduce((sum, part) => sum + part.missing, 0)];
  return { addresses, held: Math.min(listed, 1 + missing), missing, halves };
}

function termsIn({ addresses, held, missing, halves = [] }: Part): AddressTerm[] {
  if (held === 0) return [];
  if (halves.length === 0) return [{ block: cidrsOf(addresses)[0]!, except: [] }];
  const listed = halves.reduce((sum, part) => sum + part.held, 0);
  // Of what is everything but a few, these few are told.
  const isWhole = addresses.first === 0n && addresses.last === wholeOf(addresses.family).last;
  const isShorter = 1 + missing < listed || (1 + missing === listed && isWhole);
  return isShorter ? [{ block: cidrsOf(addresses)[0]!, except: halves.flatMap(missingIn) }] : halves.flatMap(termsIn);
}

function missingIn({ addresses, missing, halves }: Part): string[] {
  if (missing === 0) return [];
  return halves ? halves.flatMap(missingIn) : cidrsOf(addresses);
}

function wholeOf(family: IpFamily): AddressParty {
  return { type: 'addresses', family, first: 0n, last: 2n ** (family === 4 ? 32n : 128n) - 1n };
}
