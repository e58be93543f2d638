import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import {
  Cidr, cidrContains, cidrContainsIp, cidrProblem, cidrsOverlap, cidrToString, exceptProblem,
  firstAddress, ipToString, lastAddress, parseCidr, parseIp, sortCidrs,
} from '../../src/values/cidr';

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  expect(parsed).toBeDefined();
  return parsed ?? { family: 4, address: 0n, prefix: 0 };
}

test.each([
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['203.0.113.7/32', '203.0.113.7/32'],
  ['::/0', '::/0'],
  ['2001:DB8:0:0::/32', '2001:db8::/32'],
  ['::1/128', '::1/128'],
  ['fe80:0:0:0:0:0:0:1/128', 'fe80::1/128'],
  ['64:ff9b::192.0.2.0/120', '64:ff9b::c000:200/120'],
])('takes %p and prints it as %p', (text, canonical) => {
  expect(cidrProblem(text)).toBeUndefined();
  expect(cidrToString(cidr(text))).toBe(canonical);
});

test.each([
  ['', 'Write an IPv4 or IPv6 network.'],
  ['example.com', 'Write an IPv4 or IPv6 network.'],
  ['10.0.0/8', 'Write an IPv4 or IPv6 network.'],
  ['256.0.0.0/8', 'Write an IPv4 or IPv6 network.'],
  ['fe80::1%eth0/64', 'Write an IPv4 or IPv6 network.'],
  ['10.0.0.0/33', 'Write a prefix length from 0 to 32.'],
  ['10.0.0.0/', 'Write a prefix length from 0 to 32.'],
  ['10.0.0.0/08', 'Write a prefix length from 0 to 32.'],
  ['10.0.0.0/8/8', 'Write a prefix length from 0 to 32.'],
  ['10.0.0.0/-1', 'Write a prefix length from 0 to 32.'],
  ['10.0.0.0/255.0.0.0', 'Write a prefix length from 0 to 32.'],
  ['::/129', 'Write a prefix length from 0 to 128.'],
  ['010.0.0.0/8', 'Write it without leading zeros.'],
  ['::ffff:10.0.0.0/104', 'Write the address as plain IPv4.'],
])('refuses %p', (text, mend) => {
  expect(parseCidr(text)).toBeUndefined();
  expect(cidrProblem(text)?.mend).toBe(mend);
});

test('refuses what is no string', () => {
  expect(cidrProblem(undefined as unknown as string)).toMatchObject({ given: 'nothing' });
});

test.each([
  ['10.0.0.1', 'Write \'10.0.0.1/32\' for this one address.'],
  ['2001:DB8::1', 'Write \'2001:db8::1/128\' for this one address.'],
])('proposes a network for the bare address %p', (text, mend) => {
  expect(cidrProblem(text)?.mend).toBe(mend);
});

test('offers both meanings of an address with bits beyond the prefix, and reads it as the network', () => {
  expect(cidrProblem('10.1.2.3/8')?.mend).toBe('Write \'10.0.0.0/8\' for the network or \'10.1.2.3/32\' for the one address.');
  expect(cidrToString(cidr('10.1.2.3/8'))).toBe('10.0.0.0/8');
  expect(cidrProblem('2001:db8::1/32')?.mend).toContain('\'2001:db8::/32\'');
});

test.each([
  ['10.0.0.0/8', '10.1.0.0/16'],
  ['0.0.0.0/0', '169.254.169.254/32'],
  ['2001:db8::/32', '2001:db8:1::/48'],
])('%p may except %p', (outer, inner) => {
  expect(exceptProblem(outer, inner)).toBeUndefined();
});

test.each([
  ['10.0.0.0/8', '10.0.0.0/8', 'nothing is left'],
  ['10.1.0.0/16', '10.0.0.0/8', 'nothing is left'],
  ['10.0.0.0/8', '11.0.0.0/16', 'does not hold it'],
  ['0.0.0.0/0', '2001:db8::/32', 'IPv4 network'],
  ['::/0', '10.0.0.0/8', 'IPv6 network'],
  ['10.0.0.0/8', '10.0.0.1', '10.0.0.1/32'],
  ['10.0.0.0', '10.0.0.0/16', '10.0.0.0/32'],
])('%p may not except %p', (outer, inner, mend) => {
  expect(exceptProblem(outer, inner)?.mend).toContain(mend);
});

test('knows what is inside', () => {
  expect(cidrContainsIp(cidr('10.0.0.0/8'), parseIp('10.255.255.255')!)).toBe(true);
  expect(cidrContainsIp(cidr('10.0.0.0/8'), parseIp('11.0.0.0')!)).toBe(false);
  expect(cidrContainsIp(cidr('0.0.0.0/0'), parseIp('::1')!)).toBe(false);
  expect(cidrsOverlap(cidr('10.0.0.0/8'), cidr('10.1.0.0/16'))).toBe(true);
  expect(cidrsOverlap(cidr('10.0.0.0/16'), cidr('10.1.0.0/16'))).toBe(false);
  expect(cidrsOverlap(cidr('0.0.0.0/0'), cidr('::/0'))).toBe(false);
});

test('sorts by family, address and width, and what is no network last', () => {
  const texts = ['::/0', 'nonsense', '10.0.0.0/16', '9.0.0.0/8', '10.0.0.0/8', '100.0.0.0/8'];
  expect(sortCidrs(texts)).toEqual(['9.0.0.0/8', '10.0.0.0/8', '10.0.0.0/16', '100.0.0.0/8', '::/0', 'nonsense']);
  expect(texts[0]).toBe('::/0');
});

test.each([
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
  ['::', '::'],
])('prints %p as RFC 5952 wants: %p', (text, canonical) => {
  expect(ipToString(parseIp(text)!)).toBe(canonical);
});

const v4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([ip, prefix]) => `${ip}/${prefix}`);
const v6 = fc.tuple(fc.ipV6().filter((ip) => parseIp(ip) !== undefined), fc.integer({ min: 0, max: 128 })).map(([ip, prefix]) => `${ip}/${prefix}`);
const networks = fc.oneof(v4, v6);

test('what is printed is canonical and is read back the same', () => {
  fc.assert(fc.property(networks, (text) => {
    const canonical = cidrToString(cidr(text));
    expect(cidr(canonical)).toEqual(cidr(text));
    expect(cidrToString(cidr(canonical))).toBe(canonical);
    expect(cidrProblem(canonical)).toBeUndefined();
  }));
});

test('reads every IPv6 address as the URL parser does', () => {
  fc.assert(fc.property(fc.ipV6(), (ip) => {
    const parsed = parseIp(ip);
    expect(isIPv6(ip)).toBe(true);
    expect(parsed ? ipToString(parsed) : 'mapped').toBe(parsed ? new URL(`http://[${ip}]/`).hostname.slice(1, -1) : 'mapped');
  }));
});

test('contains its first and last address and nothing beside them', () => {
  fc.assert(fc.property(networks, (text) => {
    const outer = cidr(text);
    const { family } = outer;
    expect(cidrContainsIp(outer, { family, address: firstAddress(outer) })).toBe(true);
    expect(cidrContainsIp(outer, { family, address: lastAddress(outer) })).toBe(true);
    expect(cidrContainsIp(outer, { family, address: lastAddress(outer) + 1n })).toBe(false);
    expect(firstAddress(outer) > 0n && cidrContainsIp(outer, { family, address: firstAddress(outer) - 1n })).toBe(false);
  }));
});

test('containment is what the ranges of addresses say', () => {
  const near = fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 26, max: 32 })).map(([host, prefix]) => cidr(`10.0.0.${host}/${prefix}`));
  fc.assert(fc.property(near, near, (a, b) => {
    const isWithin = firstAddress(a) <= firstAddress(b) && lastAddress(b) <= lastAddress(a);
    const isApart = lastAddress(a) < firstAddress(b) || lastAddress(b) < firstAddress(a);
    expect(cidrContains(a, b)).toBe(isWithin);
    expect(cidrsOverlap(a, b)).toBe(!isApart);
    expect(exceptProblem(cidrToString(a), cidrToString(b)) === undefined).toBe(isWithin && a.prefix !== b.prefix);
  }));
});
