import { type AddressParty, addressesOf, type Match, within } from './party';
import { unfilled, unfilledIn } from './unfilled';
import { METADATA_ADDRESSES, PRIVATE_RANGES, WIRE_SERVER } from '../target/addresses';
import { cidrToString, parseCidr } from '../values/cidr';

/** A CIDR without some of its parts. */
export interface AddressBlock {
  readonly text: string;
  readonly block: AddressParty;
  readonly except: readonly AddressParty[];
  /** The condition where it is not known which of these addresses it has. */
  readonly unsure?: string;
}

/**
 * The API server and the agent let nothing else in; what cannot be read holds no address. What is still to be filled in may hold any, of
 * one family or the other.
 */
export function readBlocks(cidr: unknown, except: readonly unknown[] = []): AddressBlock[] {
  if (typeof cidr !== 'string') return [];
  const excepts = except.filter(text => typeof text === 'string');
  const text = excepts.length > 0 ? `${cidr} except ${excepts.join(', ')}` : cidr;
  const known = except.flatMap(part => readAddresses(part) ?? []);
  const unsure = unfilled(cidr);
  if (unsure !== undefined) return EVERYTHING.map(block => ({ text, block, except: known, unsure }));
  const block = readAddresses(cidr);
  if (block) return [{ text, block, except: known, unsure: unfilledIn(except) }];
  const padded = readAddresses(withoutZeros(cidr));
  return padded ? [{ text, block: padded, except: known, unsure: `the network plugin reads ${cidr} in spite of its zeros` }] : [];
}

/** The API server has let leading zeros pass, and still does in objects that had them. */
function withoutZeros(cidr: string): string {
  return cidr.replace(/(^|\.)0+(?=\d)/g, '$1');
}

/** A CIDR, or a single address as Cilium takes it. */
export function readAddresses(text: unknown): AddressParty | undefined {
  if (typeof text !== 'string') return undefined;
  const cidr = parseCidr(text) ?? parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
  return cidr && addressesOf(cidr);
}

const EVERYTHING = ['0.0.0.0/0', '::/0'].flatMap(text => readAddresses(text) ?? []);

export const SOME_ADDRESS = 'the address is one of those that are meant';

export function blockHolds(block: AddressBlock, addresses: AddressParty): Match {
  return sureOf(block, holds(block, addresses));
}

function sureOf({ unsure }: AddressBlock, match: Match): Match {
  return unsure === undefined || match === false ? match : unsure;
}

function holds({ block, except }: AddressBlock, addresses: AddressParty): Match {
  const place = within(block, addresses);
  if (place === 'none') return false;
  let isWhole = place === 'all';
  for (const part of except) {
    const left = within(part, addresses);
    if (left === 'all') return false;
    if (left === 'part') isWhole = false;
  }
  return isWhole || SOME_ADDRESS;
}

/** Loopback and link-local: where instance metadata is served, and nothing that a public name leads to. */
const NO_HOST = ['127.0.0.0/8', '169.254.0.0/16', '::1/128', 'fe80::/10', ...METADATA_ADDRESSES].flatMap(text => readAddresses(text) ?? []);
/** Whether a block has only addresses of a machine's own link, where no server of the cluster is. */
export function isOfOwnLink({ block }: Pick<AddressBlock, 'block'>): boolean {
  return NO_HOST.some(range => within(range, block) === 'all');
}

export const NOT_PUBLIC = [...PRIVATE_RANGES, WIRE_SERVER.address].flatMap(text => readAddresses(text) ?? []);

export const ADDRESS_OF_NAME = 'the name leads to an address in the block';

/**
 * Whether what is outside and known by a name only is in the block. Its addresses are unknown, but they are public: what is left out of
 * a block that has them all must be private, and a block that has only addresses of a machine's own link has none of them.
 */
export function blockHoldsPublic(block: AddressBlock, name: string): Match {
  return sureOf(block, holdsPublic(block, name));
}

function holdsPublic({ block, except }: AddressBlock, name: string): Match {
  if (isPublicName(name) && isOfOwnLink({ block })) return false;
  // Whoever has a name has an address of IPv4, and perhaps one of IPv6.
  if (!isEverything(block) || block.family === 6) return ADDRESS_OF_NAME;
  if (except.length === 0) return true;
  const onlyPrivate = except.every(part => NOT_PUBLIC.some(range => within(range, part) === 'all'));
  return (onlyPrivate && isPublicName(name)) || ADDRESS_OF_NAME;
}

export const ADDRESS_OF_IPV4 = 'the name leads to no address of IPv6';

/** Whether blocks that have every address of IPv4 have those of IPv6 too. */
export function blocksHoldBoth(blocks: readonly AddressBlock[]): boolean {
  return blocks.some(({ block, except, unsure }) => (
    block.family === 6 && isEverything(block) && except.length === 0 && unsure === undefined
  ));
}

/** Names that no public server answers may lead anywhere: `metadata.google.internal` leads to a link-local address. */
export function isPublicName(name: string): boolean {
  return !/(^|\.)(internal|local|localhost|lan|home\.arpa|[^.]*\*[^.]*)\.?$/i.test(name);
}

export function isEverything({ first, last, family }: AddressParty): boolean {
  return first === 0n && last === 2n ** (family === 4 ? 32n : 128n) - 1n;
}

/** Where pods may have their addresses, unless the target tells. */
const POD_SPACE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

export const PODS_IN_BLOCK = 'the pods have an address in the block';

/** Whether pods whose addresses nobody knows are in the block. */
export function blockHoldsPods(block: AddressBlock, podCidrs: readonly string[] | undefined): Match {
  return sureOf(block, holdsPods(block, podCidrs));
}

function holdsPods(block: AddressBlock, podCidrs: readonly string[] | undefined): Match {
  const known = podCidrs !== undefined && podCidrs.length > 0;
  const spaces = (known ? podCidrs : POD_SPACE).flatMap(text => readAddresses(text) ?? []);
  const { family } = block.block;
  const parts = spaces.filter(space => space.family === family).map(space => partHeld(block, space));
  if (parts.every(part => part === 'none')) return false;
  // Every cluster has IPv4 unless it is said; IPv6 only where it is.
  return (parts.every(part => part === 'all') && (known || family === 4)) || PODS_IN_BLOCK;
}

function partHeld({ block, except }: AddressBlock, space: AddressParty): 'all' | 'none' | 'part' {
  const place = within(block, space);
  const left = except.map(part => within(part, space));
  if (place === 'none' || left.includes('all')) return 'none';
  return place === 'all' && left.every(part => part === 'none') ? 'all' : 'part';
}

/** The fewest CIDRs that hold the addresses and nothing else. */
export function cidrsOf({ family, first, last }: AddressParty): string[] {
  const cidrs: string[] = [];
  const bits = family === 4 ? 32 : 128;
  for (let start = first; start <= last;) {
    let prefix = bits;
    for (let size = 2n; start % size === 0n && start + size - 1n <= last && prefix > 0; size *= 2n) prefix--;
    cidrs.push(cidrToString({ family, address: start, prefix }));
    start += 2n ** BigInt(bits - prefix);
  }
  return cidrs;
}
