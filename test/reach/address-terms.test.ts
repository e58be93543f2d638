import * as fc from 'fast-check';
import { Cluster } from '../../src/reach';
import { readAddresses } from '../../src/reach/address-block';
import { joinRanges, readTerm, termsOf, termText } from '../../src/reach/address-terms';

const ranges = (...cidrs: string[]) => cidrs.map(cidr => readAddresses(cidr)!);
const texts = (...places: string[]) => termsOf(places.flatMap(place => readTerm(place) ?? ranges(place))).map(termText);

test.each<[string[], string[]]>([
  [['172.20.0.0/16 except 172.20.5.0/24'], ['172.20.0.0/16 except 172.20.5.0/24']],
  [['10.0.0.0/8 except 10.96.0.0/12', '192.168.0.0/16'], ['10.0.0.0/8 except 10.96.0.0/12', '192.168.0.0/16']],
  [['0.0.0.0/0 except 169.254.169.254, 198.51.100.0/24'], ['0.0.0.0/0 except 169.254.169.254/32, 198.51.100.0/24']],
  [['::/0 except 2001:db8::/32', '10.0.0.0/8'], ['10.0.0.0/8', '::/0 except 2001:db8::/32']],
  [['10.0.0.0/24', '10.0.2.0/24'], ['10.0.0.0/24', '10.0.2.0/24']],
  [['10.0.0.0/24 except 10.0.0.0/26'], ['10.0.0.64/26', '10.0.0.128/25']],
])('%j is told as %j', (given, expected) => {
  expect(texts(...given)).toEqual(expected);
});

test('whatever is told means the same addresses, in no more CIDRs than a list of them', () => {
  const cidr = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 32 }), fc.constantFrom('10.0', '172.20', '203.0'))
    .map(([part, prefix, net]) => `${net}.${part}.${part}/${prefix}`);
  fc.assert(fc.property(fc.array(cidr, { minLength: 1, maxLength: 6 }), fc.array(cidr, { maxLength: 3 }), (held, left) => {
    const own = held.flatMap(one => readTerm(`${one} except ${left.join(', ')}`) ?? ranges(one));
    const terms = termsOf(own);
    expect(joinRanges(terms.flatMap(term => readTerm(termText(term)) ?? ranges(term.block)))).toEqual(joinRanges(own));
    expect(terms.every(({ except }, index) => except.length === 0 || terms[index]!.block !== except[0])).toBe(true);
  }), { numRuns: 200 });
});

describe('a place of a question', () => {
  const pods = [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { containers: [] } }];
  const to = (place: string) => Cluster.fromManifests(pods).queryAll({ from: 'shop/web', to: place, port: 80 }).map(answer => answer.to);

  test('may leave out a part of a block', () => {
    expect(to('10.0.0.0/24 except 10.0.0.64/26')).toEqual(['10.0.0.0-10.0.0.63', '10.0.0.128-10.0.0.255']);
  });

  test.each(['10.0.0.0/24 except 10.0.1.0/24', '10.0.0.0/24 except web', '10.0.0.0/24 except 10.0.0.0/16', '10.0.0.0/24 except 10.0.0.0/24'])('is none where it is %s', place => {
    expect(() => to(place)).toThrow('reach: place: given');
  });
});
