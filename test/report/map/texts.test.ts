import { PortSet } from '../../../src/reach';
import { readAddresses } from '../../../src/reach/address-block';
import { addressText, cidrTexts } from '../../../src/reach/address-terms';
import { portsOf, requestText } from '../../../src/report/map/flow-text';

const ranges = (...cidrs: string[]) => cidrs.map(cidr => readAddresses(cidr)!);

test.each<[string[], number, string]>([
  [['0.0.0.0/0'], 1, 'any address'],
  [['0.0.0.0/0', '::/0'], 2, 'any address'],
  [['0.0.0.0/0'], 2, '0.0.0.0/0'],
  [['::/0'], 2, '::/0'],
  [['0.0.0.0/1', '128.0.0.0/1'], 1, 'any address'],
  [['10.0.0.0/9', '10.128.0.0/9'], 1, '10.0.0.0/8'],
  [['192.0.2.1/32', '10.0.0.0/8'], 1, '10.0.0.0/8, 192.0.2.1/32'],
  [['2001:db8::/32', '10.0.0.0/8'], 2, '10.0.0.0/8, 2001:db8::/32'],
  [['0.0.0.0/1'], 1, '0.0.0.0/1'],
  [['0.0.0.0/1', '192.0.0.0/2'], 1, 'any address except 128.0.0.0/2'],
  [['0.0.0.0/1', '192.0.0.0/2'], 2, '0.0.0.0/0 except 128.0.0.0/2'],
  [['8000::/1', '4000::/2', '0.0.0.0/0'], 2, '0.0.0.0/0; ::/0 except ::/2'],
])('addresses %j of %d families are "%s"', (cidrs, families, expected) => {
  expect(addressText(ranges(...cidrs), families)).toBe(expected);
  expect(addressText(ranges(...[...cidrs].reverse()), families)).toBe(expected);
});

test('the blocks of addresses are joined, and never more than they are', () => {
  expect(cidrTexts(ranges('10.0.1.0/24', '10.0.0.0/24', '10.0.3.0/24'))).toEqual(['10.0.0.0/23', '10.0.3.0/24']);
});

test('ports of other protocols only have words too', () => {
  expect(portsOf(PortSet.protocol('OTHER'))).toBe('other protocols');
  expect(portsOf(PortSet.range('TCP', 80, 81))).toBe('80-81/TCP');
});

test.each([
  ['GET /v1', 'GET /v1'], ['GET /v1(\\?.*)?', 'GET /v1'], ['GET /v1([/?].*)?', 'GET /v1/...'],
  ['GET /v1(\\?.*)? host a', 'GET /v1 host a'], ['GET /v1(\\?.*)?/x', 'GET /v1(\\?.*)?/x'],
])('the request %s reads %s', (request, expected) => {
  expect(requestText(request)).toBe(expected);
});
