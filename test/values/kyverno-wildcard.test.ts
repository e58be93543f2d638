import fc from 'fast-check';
import { hasWildcard, wildcardMatches } from '../../src/values/kyverno-wildcard';

test.each([
  ['*', '', true], ['?*', '', false], ['?*', 'a', true], ['shop-*', 'shop-prod', true], ['shop-*', 'bank', false], ['a*c*e', 'abcde', true],
  ['a*c*e', 'abcd', false], ['*.io/a', 'x.io/a', true], ['a?c', 'abc', true], ['a?c', 'ac', false], ['', '', true], ['', 'a', false], ['A', 'a', false],
])('%p covers %p: %p', (pattern, text, expected) => {
  expect(wildcardMatches(pattern, text)).toBe(expected);
});

test('it says what the regular expression of the same meaning says', () => {
  const word = fc.array(fc.constantFrom('a', 'b', '.', '*', '?'), { maxLength: 8 }).map(letters => letters.join(''));
  fc.assert(fc.property(word, fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 8 }).map(letters => letters.join('')), (pattern, text) => {
    const source = pattern.replace(/\./g, '\\.').replace(/\*/g, '.*').replace(/\?/g, '.');
    expect(wildcardMatches(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
  }));
});

test('a pattern of many stars takes no longer than its length allows', () => {
  expect(wildcardMatches('*a'.repeat(500), `${'a'.repeat(5000)}b`)).toBe(false);
});

test('a wildcard is a star or a question mark', () => {
  expect(['a*', 'a?', 'a'].map(hasWildcard)).toEqual([true, true, false]);
});
