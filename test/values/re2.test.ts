import fc from 'fast-check';
import { re2Escape, re2FullMatch, re2Matcher, re2Problem } from '../../src/values/re2';

test.each([
  '', '.*', '/api/v1/.*', '^/api/v1(/.*)?$', 'GET|HEAD', '(?i)get', '(?P<id>\\d+)', '(?<id>\\d+)', '[[:alpha:]]+', '\\pL', '\\p{Greek}', '\\Q*\\E',
  'a{1000}', 'a{,2}', '\\z', '(?s:.)', '[]a]', '^*',
])('takes %p', (pattern) => {
  expect(re2Problem(pattern)).toBeUndefined();
});

test.each([
  ['*', 'glob'],
  ['(*)', 'glob'],
  ['GET|*', 'glob'],
  ['+a', 'glob'],
  ['/api/**', 'glob'],
  ['a++', 'possessive'],
  ['a*+', 'possessive'],
  ['(?=a)', 'lookaround'],
  ['(?!a)', 'lookaround'],
  ['(?<=a)', 'lookaround'],
  ['(?<!a)', 'lookaround'],
  ['(a)\\1', 'back references'],
  ['(?P<n>a)\\k<n>', 'back references'],
  ['(?P<n>a)(?P=n)', 'back references'],
  ['(?>a)', 'atomic'],
  ['a\\Z', '\\z'],
  ['a{1001}', '1000'],
  ['(a{100}){100}', '1000'],
  ['[a', '\\['],
  ['(a', '\\('],
  ['a)', '\\)'],
  ['a\\', 'backslash'],
  ['\\u0041', 'wiki/Syntax'],
  ['(?x)a', 'wiki/Syntax'],
  ['[z-a]', 'wiki/Syntax'],
])('refuses %p and says how to mend it', (pattern, mend) => {
  expect(re2Problem(pattern)?.mend).toContain(mend);
});

test('says what RE2 says', () => {
  expect(re2Problem('*')).toMatchObject({ given: '"*"', allowed: expect.stringContaining('missing argument to repetition operator: `*`') });
});

test('refuses what is no string', () => {
  expect(re2Problem(undefined as unknown as string)).toMatchObject({ given: 'nothing' });
});

test.each([
  ['/api', '/api', true],
  ['/api', '/api/', false],
  ['^/api/v1/', '/api/v1/orders', false],
  ['^/api/v1/$', '/api/v1/', true],
  ['GET|HEAD', 'HEAD', true],
  ['GET|HEAD', 'GETHEAD', false],
  ['a|ab', 'ab', true],
  ['.*', 'a\nb', false],
  ['(?s).*', 'a\nb', true],
  ['(?i)get', 'GET', true],
  ['', '', true],
  ['', 'a', false],
  ['.', 'é', true],
  ['.', '😀', true],
])('%p against the whole of %p: %p', (pattern, text, expected) => {
  expect(re2FullMatch(pattern, text)).toBe(expected);
});

test('matches nothing with a pattern that does not compile', () => {
  expect(re2FullMatch('*', '*')).toBe(false);
  expect(re2Matcher('(')('(')).toBe(false);
});

test('takes time linear in the text', () => {
  expect(re2FullMatch('(a*)*(a|aa)*b', 'a'.repeat(5000))).toBe(false);
});

test('an escaped text matches itself and nothing else', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'A', '.', '*', '\\', '(', ')', '[', ']', '{', '}', '^', '$', '|', '?', '+', '-', '/', '\n', 'é') });
  fc.assert(fc.property(text, text, (escaped, other) => {
    const matches = re2Matcher(re2Escape(escaped));
    expect(matches(escaped)).toBe(true);
    expect(matches(other)).toBe(other === escaped);
  }));
});

test('leaves alone what needs no escape', () => {
  expect(re2Escape('/api/v1/some-thing_else')).toBe('/api/v1/some-thing_else');
  expect(re2Escape('/a.b')).toBe('/a\\.b');
});
