import * as fc from 'fast-check';
import { parseDuration } from './duration';
import { formatQuantity, parseQuantity } from './quantity';
import { scalarMatches } from './scalar';
import { wildcard } from './wildcard';

describe('wildcard', () => {
  test.each([
    ['*', '', true], ['*', 'a/b', true], ['?*', '', false], ['?*', 'x', true], ['a?c', 'abc', true], ['a?c', 'ac', false],
    ['ghcr.io/*', 'ghcr.io/a/b:1', true], ['ghcr.io/*', 'xghcr.io/a', false], ['a.c', 'abc', false], ['A', 'a', false],
    ['a-b_(c)[d]{e}|^$+\\/*', 'a-b_(c)[d]{e}|^$+\\/é\n', true],
  ])('%s against %s is %s', (pattern, text, expected) => expect(wildcard(pattern, text)).toBe(expected));
});

describe('scalarMatches', () => {
  test.each<[unknown, string | number | boolean | null, boolean]>([
    [true, true, true], [false, true, false], ['true', true, false], [undefined, false, false],
    [5, 5, true], ['5', 5, true], ['5.0', 5, false], [5, 1.5, false], ['1.5', 1.5, true],
    [null, null, true], ['', null, true], [0, null, true], [false, null, true], ['x', null, false], [{}, null, false],
  ])('%p against the literal %p is %p', (value, pattern, expected) => expect(scalarMatches(value, pattern)).toBe(expected));

  test.each<[unknown, string, boolean]>([
    ['nginx:latest', '!*:latest', false], ['nginx:1', '!*:latest', true], ['a', 'a | b', true], ['c', 'a | b', false],
    ['nginx:1', '*:* & !*:latest', true], ['nginx', '*:* & !*:latest', false],
    ['500m', '<=1', true], ['2', '<=1', false], ['1Gi', '<2Gi', true], ['3Gi', '<2Gi', false], ['30s', '<1m', true], ['2h', '<1m', false],
    [7, '5-10', true], [11, '5-10', false], [11, '5!-10', true], [7, '5!-10', false], ['512Mi', '256Mi-1Gi', true],
    [true, 'true', true], [8080, '8080', true], ['abc', '<abd', false], ['a|b', 'a|b', true],
  ])('%p against %p is %p', (value, pattern, expected) => expect(scalarMatches(value, pattern)).toBe(expected));

  test('a missing value counts as 0 in comparisons and as nothing in text', () => {
    expect(scalarMatches(undefined, '<=2Gi')).toBe(true);
    expect(scalarMatches(undefined, '!5')).toBe(true);
    expect(scalarMatches(undefined, '?*')).toBe(false);
    expect(scalarMatches(undefined, '*')).toBe(false);
    expect(scalarMatches(undefined, '!foo')).toBe(false);
    expect(scalarMatches(undefined, '?* & <=2Gi')).toBe(false);
  });
});

describe('quantities and durations', () => {
  test.each([
    ['1', 1_000_000_000n], ['500m', 500_000_000n], ['1.5Ki', 1_536_000_000_000n], ['2e3', 2_000_000_000_000n], ['1E', 10n ** 27n],
    ['-1', -1_000_000_000n], ['.5', 500_000_000n], ['0.1n', 1n],
  ])('%s is %s billionths', (text, expected) => expect(parseQuantity(text)).toBe(expected));

  test.each(['', '1 Gi', '1gi', 'abc', '1h', '--1'])('%p is no quantity', (text) => expect(parseQuantity(text)).toBeUndefined());

  test.each([['0', 0], ['1h30m', 5400], ['-1.5s', -1.5], ['100ms', 0.1]])('%s lasts %s seconds', (text, expected) => {
    expect(parseDuration(text)).toBeCloseTo(expected);
  });

  test.each(['', '5', '1d', '1Gi'])('%p is no duration', (text) => expect(parseDuration(text)).toBeUndefined());

  test('printing and parsing a quantity gives the same amount', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.constantFrom('bytes' as const, 'number' as const), (thousandths, unit) => {
      const amount = thousandths * 1_000_000n;
      expect(parseQuantity(formatQuantity(amount, unit))).toBe(amount);
    }));
  });
});
