import fc from 'fast-check';
import { fqdnNameProblem, fqdnPatternHolds, fqdnPatternMatches, fqdnPatternsMeet, fqdnPatternProblem } from '../../src/values/fqdn';

const LONGEST = `${'a'.repeat(62)}.`.repeat(4) + 'com';

test.each(['example.com', 'example.com.', 'EXAMPLE.com', '_sip._tcp.example.com', 'localhost', '10.example.com', `${'a'.repeat(63)}.io`, LONGEST])('takes the name %p', (name) => {
  expect(fqdnNameProblem(name)).toBeUndefined();
  expect(fqdnPatternProblem(name)).toBeUndefined();
});

test.each([
  '', '.', '..', '.example.com', 'example..com', 'example.com..', 'a b', 'é.com', `a${LONGEST}`, `${'a'.repeat(64)}.io`, '10.0.0.1', '10.0.0.0/8', 'fd00::1',
])('refuses the name %p, as a pattern too', (name) => {
  expect(fqdnNameProblem(name)).toMatchObject({ given: expect.any(String) });
  expect(fqdnPatternProblem(name)).toMatchObject({ given: expect.any(String) });
});

test.each(['*', '**', '*.', '*.example.com', '**.example.com', 'api-*.example.com', '*.*.example.com'])('takes the pattern %p', (pattern) => {
  expect(fqdnPatternProblem(pattern)).toBeUndefined();
  expect(fqdnNameProblem(pattern)?.mend).toContain('pattern');
});

test.each([
  ['münchen.de', 'Write \'xn--mnchen-3ya.de\', which is what resolvers ask for.'],
  ['*.straße.de', 'Write \'*.xn--strae-oqa.de\', which is what resolvers ask for.'],
  ['a b.de', 'Remove the other characters.'],
  ['10.0.0.1', 'Use Peer.cidr(\'10.0.0.1/32\').'],
  ['10.0.0.0/8', 'Use Peer.cidr(\'10.0.0.0/8\').'],
  ['fd00::1', 'Use Peer.cidr(\'fd00::1/128\').'],
  [`${'b'.repeat(64)}.io`, 'Shorten bbbbbbbb…, which has 64 characters: no resolver can ask for it.'],
])('says of the pattern %p what to write instead', (pattern, mend) => {
  expect(fqdnPatternProblem(pattern)?.mend).toBe(mend);
});

test('a label that only stars make long is fine', () => {
  expect(fqdnPatternProblem(`${'*'.repeat(64)}a.io`)).toBeUndefined();
});

test('asks for the host of an address', () => {
  expect(fqdnNameProblem('https://api.example.com')?.mend).toContain('without scheme');
  expect(fqdnPatternProblem('api.example.com:443')?.mend).toContain('port');
});

test('decides in linear time what the pattern of the CRD takes ages for', () => {
  const started = performance.now();
  expect(fqdnNameProblem(`${'a'.repeat(200)}!`)).toBeDefined();
  expect(fqdnPatternMatches(`${'*a'.repeat(100)}*.io`, `${'a'.repeat(99)}.io`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(500);
});

const OLD = 18;
const NEW = 19;

test.each([
  ['example.com', 'EXAMPLE.com.', true],
  ['example.com', 'a.example.com', false],
  ['*', 'a.b.example.com', true],
  ['*', '.', true],
  ['*.example.com', 'a.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'a.b.example.com', false],
  ['*example.com', 'example.com', true],
  ['*example.com', 'myexample.com', true],
  ['*example.com', 'www.example.com', false],
  ['api-*.example.com', 'api-.example.com', true],
  ['api-*.example.com', 'api-1.example.com', true],
  ['api-*-eu.example.com', 'api-eu.example.com', false],
  ['*.*.example.com', '_foo._tcp.example.com', true],
  ['a.**.io', 'a.b.io', true],
  ['a.**.io', 'a.b.c.io', false],
  ['*', 'a b', false],
  ['*', '', false],
  ['*', 'a..b', false],
])('%p and %p in every Cilium: %p', (pattern, name, expected) => {
  expect(fqdnPatternMatches(pattern, name, OLD)).toBe(expected);
  expect(fqdnPatternMatches(pattern, name, NEW)).toBe(expected);
});

test.each([
  ['**.example.com', 'a.example.com', true, true],
  ['**.example.com', 'a.b.c.example.com', false, true],
  ['**.example.com', 'example.com', false, false],
  ['***.example.com', 'a.b.example.com', false, true],
  ['**.*.io', 'a.b.c.io', false, true],
  ['**.*.io', 'b.io', false, false],
  ['**', 'a.b.io', false, true],
  ['**', 'io', true, true],
  ['*.', 'a.b.io', false, true],
  ['**.', 'a.b.io', false, true],
])('%p and %p: %p before Cilium 1.19, %p since', (pattern, name, before, since) => {
  expect(fqdnPatternMatches(pattern, name, OLD)).toBe(before);
  expect(fqdnPatternMatches(pattern, name, NEW)).toBe(since);
});

test('reads patterns as Cilium 1.18 does unless told', () => {
  expect(fqdnPatternMatches('**.example.com', 'a.b.example.com')).toBe(false);
});

test('agrees with the regular expression that Cilium makes of a pattern', () => {
  const label = fc.string({ unit: fc.constantFrom('a', 'b', '*', '**'), minLength: 1, maxLength: 4 });
  const pattern = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
  const name = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(pattern, name, fc.constantFrom(OLD, NEW), (glob, labels, minor) => {
    const asked = `${labels.join('.')}.`;
    expect(fqdnPatternMatches(glob, asked, minor)).toBe(ciliumRegExp(glob, minor).test(asked));
  }), { numRuns: 500 });
});

describe('two patterns', () => {
  test.each([
    ['*.example.com', 'api-*.example.com', true],
    ['api-*.example.com', '*.example.com', false],
    ['a*.example.com', '*.example.com', false],
    ['*.example.com', '*.*.example.com', false],
    ['*.example.com', 'API.example.com.', true],
    ['*', '*.example.com', true],
    ['*.example.com', '*', false],
    ['*a*b*', 'xa*yb', true],
  ])('%p holds %p: %p', (wide, narrow, expected) => {
    expect(fqdnPatternHolds(wide, narrow)).toBe(expected);
  });

  test('of several labels hold those of one since Cilium 1.19', () => {
    expect(['**.example.com', '*.example.com'].map(narrow => fqdnPatternHolds('**.example.com', narrow, NEW))).toEqual([true, true]);
    expect([OLD, NEW].map(minor => fqdnPatternHolds('*.example.com', '**.example.com', minor))).toEqual([true, false]);
  });

  test.each([
    ['api-*.example.com', '*-eu.example.com', true],
    ['api-*.example.com', 'web-*.example.com', false],
    ['*-us.example.com', '*-eu.example.com', false],
    ['*.example.com', '*.example.org', false],
    ['*.*.com', 'a.*.com', true],
    ['*.com', '*.a.com', false],
    ['*', 'a.*', true],
  ])('%p meets %p: %p', (a, b, expected) => {
    expect([fqdnPatternsMeet(a, b), fqdnPatternsMeet(b, a)]).toEqual([expected, expected]);
  });

  test('what one holds, the other meets; and what neither meets, no name matches both', () => {
    const label = fc.string({ unit: fc.constantFrom('a', 'b', '*', '**'), minLength: 1, maxLength: 3 });
    const pattern = fc.array(label, { minLength: 1, maxLength: 3 }).map(labels => labels.join('.'));
    const name = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map(labels => labels.join('.'));
    fc.assert(fc.property(pattern, pattern, name, fc.constantFrom(OLD, NEW), (a, b, asked, minor) => {
      const [inA, inB] = [a, b].map(one => fqdnPatternMatches(one, asked, minor));
      if (fqdnPatternHolds(a, b, minor)) {
        expect([fqdnPatternsMeet(a, b, minor), !inB || inA]).toEqual([true, true]);
      }
      if (!fqdnPatternsMeet(a, b, minor)) expect(inA && inB).toBe(false);
    }), { numRuns: 500 });
  });
});

function ciliumRegExp(pattern: string, minor: number): RegExp {
  const anyName = '([-a-z0-9_]+[.])+';
  if (minor < NEW ? pattern === '*' : /^\*+\.?$/.test(pattern)) {
    return new RegExp(`^${anyName}$`);
  }
  const absolute = pattern.endsWith('.') ? pattern : `${pattern}.`;
  const isMultiLevel = minor >= NEW && /^\*\*+\./.test(absolute);
  const rest = isMultiLevel ? absolute.replace(/^\*+\./, '') : absolute;
  return new RegExp(`^${isMultiLevel ? anyName : ''}${rest.replaceAll('.', '[.]').replace(/\*+/g, '[-a-z0-9_]*')}$`);
}
