import { isIP } from 'node:net';
import { Problem, problem } from './problem';
import { remembered } from './remembered';

export type IpFamily = 4 | 6;

export interface Ip {
  readonly family: IpFamily;
  readonly address: bigint;
}

export interface Cidr {
  readonly family: IpFamily;

  /** The network address: bits beyond the prefix are zero. */
  readonly address: bigint;

  readonly prefix: number;
}

const ALLOWED = 'a network in CIDR notation, such as 10.0.0.0/8 or 2001:db8::/32';
const MAPPED_IPV4 = 0xffffn;

/** An IPv4 or IPv6 address. Zones, leading zeros and IPv4 addresses mapped into IPv6 are not taken. */
export function parseIp(text: string): Ip | undefined {
  switch (isIP(text)) {
    case 4: return { family: 4, address: fromIpv4(text) };
    case 6: return text.includes('%') ? undefined : parseIpv6(text);
    default: return undefined;
  }
}

function parseIpv6(text: string): Ip | undefined {
  const hex = text.replace(/[^:]*\.[^:]*$/, (dotted) => {
    const value = fromIpv4(dotted);
    return `${(value / 65536n).toString(16)}:${(value % 65536n).toString(16)}`;
  });
  const [head = '', tail] = hex.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = new Array<string>(8 - left.length - right.length).fill('0');
  const address = [...left, ...zeros, ...right].reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
  return address / 2n ** 32n === MAPPED_IPV4 ? undefined : { family: 6, address };
}

function fromIpv4(text: string): bigint {
  return text.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

/** A network. Bits beyond the prefix are masked away, as everything that enforces policies does; `cidrProblem` refuses them. */
export function parseCidr(text: string): Cidr | undefined {
  return parsed(text);
}

const MOST_REMEMBERED = 10_000;
const parsed = remembered(readCidr, MOST_REMEMBERED);

function readCidr(text: string): Cidr | undefined {
  const [address = '', prefix = '', ...rest] = typeof text === 'string' ? text.split('/') : [];
  const ip = parseIp(address);
  if (!ip || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > bits(ip.family)) {
    return undefined;
  }
  return network(ip, Number(prefix));
}

export function cidrProblem(text: string): Problem | undefined {
  return judged(text);
}

const judged = remembered(findProblem, MOST_REMEMBERED);

function findProblem(text: string): Problem | undefined {
  const [address = '', prefix] = typeof text === 'string' ? text.split('/') : [];
  const ip = parseIp(address);
  if (ip && prefix === undefined) {
    return problem(text, ALLOWED, `Write '${single(ip)}' for this one address.`);
  }
  const cidr = parseCidr(text);
  if (!ip || !cidr) {
    return problem(text, ALLOWED, malformedMend(address, ip));
  }
  if (cidr.address !== ip.address) {
    return problem(text, `${ALLOWED}, with no bit set beyond the prefix`,
      `Write '${cidrToString(cidr)}' for the network or '${single(ip)}' for the one address.`);
  }
  return undefined;
}

function malformedMend(address: string, ip: Ip | undefined): string {
  if (ip) {
    return `Write a prefix length from 0 to ${bits(ip.family)}.`;
  }
  const plain = address.replace(/(^|\.)0+(?=\d)/g, '$1');
  if (/^::ffff:/i.test(address)) {
    return 'Write the address as plain IPv4.';
  }
  return plain !== address && isIP(plain) === 4 ? 'Write it without leading zeros.' : 'Write an IPv4 or IPv6 network.';
}

/** What the API server asks of an exception: a network of the same family, within `cidr` and smaller than it. */
export function exceptProblem(cidr: string, except: string): Problem | undefined {
  const outer = parseCidr(cidr);
  const inner = parseCidr(except);
  const wrong = cidrProblem(cidr) ?? cidrProblem(except);
  if (wrong || !outer || !inner) {
    return wrong;
  }
  if (outer.family === inner.family && inner.prefix > outer.prefix && cidrContains(outer, inner)) {
    return undefined;
  }
  return problem(except, `a network within ${cidr} and smaller than it`, exceptMend(outer, inner));
}

function exceptMend(outer: Cidr, inner: Cidr): string {
  if (outer.family !== inner.family) {
    return `Write an IPv${outer.family} network.`;
  }
  return cidrContains(inner, outer)
    ? 'Drop the whole entry, because nothing is left of it.'
    : 'Drop the exception, because the network does not hold it.';
}

export function cidrContainsIp(cidr: Cidr, ip: Ip): boolean {
  return cidr.family === ip.family && network(ip, cidr.prefix).address === cidr.address;
}

/** Whether every address of `inner` is in `outer`; a network contains itself. */
export function cidrContains(outer: Cidr, inner: Cidr): boolean {
  return inner.prefix >= outer.prefix && cidrContainsIp(outer, inner);
}

/** Two networks are nested or apart, never crossed. */
export function cidrsOverlap(a: Cidr, b: Cidr): boolean {
  return cidrContains(a, b) || cidrContains(b, a);
}

export function firstAddress(cidr: Cidr): bigint {
  return cidr.address;
}

export function lastAddress(cidr: Cidr): bigint {
  return cidr.address + size(cidr.family, cidr.prefix) - 1n;
}

/** The canonical text of a network. */
export function cidrToString(cidr: Cidr): string {
  return `${ipToString(cidr)}/${cidr.prefix}`;
}

/**
 * The canonical text of an address.
 * @see https://www.rfc-editor.org/rfc/rfc5952#section-4
 */
export function ipToString({ family, address }: Ip): string {
  if (family === 4) {
    return digits(address, 256n, 4).join('.');
  }
  const groups = digits(address, 65536n, 8).map((group) => group.toString(16));
  const { start, length } = longestZeros(groups);
  if (length < 2) {
    return groups.join(':');
  }
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

function digits(value: bigint, base: bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, index) => value / base ** BigInt(count - 1 - index) % base);
}

function longestZeros(groups: string[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== '0') {
      start = index + 1;
    } else if (index + 1 - start > longest.length) {
      longest = { start, length: index + 1 - start };
    }
  });
  return longest;
}

/** IPv4 before IPv6, then by address, wider networks first; what is no network comes last. */
export function sortCidrs(texts: string[]): string[] {
  const entries = texts.map((text) => ({ text, cidr: parseCidr(text) }));
  entries.sort((a, b) => (a.cidr && b.cidr ? compareCidrs(a.cidr, b.cidr) : Number(!a.cidr) - Number(!b.cidr)) || compare(a.text, b.text));
  return entries.map(({ text }) => text);
}

function compareCidrs(a: Cidr, b: Cidr): number {
  return a.family - b.family || compare(a.address, b.address) || a.prefix - b.prefix;
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : Number(a > b);
}

function network(ip: Ip, prefix: number): Cidr {
  return { family: ip.family, address: ip.address - ip.address % size(ip.family, prefix), prefix };
}

function single(ip: Ip): string {
  return cidrToString(network(ip, bits(ip.family)));
}

function size(family: IpFamily, prefix: number): bigint {
  return 2n ** BigInt(bits(family) - prefix);
}

function bits(family: IpFamily): number {
  return family === 4 ? 32 : 128;
}
