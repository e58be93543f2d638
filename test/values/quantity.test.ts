import fc from 'fast-check';
import { Quantity, addQuantities, canonicalQuantity, compareQuantities, parseQuantity, quantityProblem, quantityToString } from '../../src/values/quantity';

function quantity(value: string | number): Quantity {
  const parsed = parseQuantity(value);
  expect(parsed).toBeDefined();
  return parsed ?? { nanos: 0n };
}

test.each<[string | number, string | number]>([
  ['1', '1000m'],
  ['0.5', '500m'],
  ['.5', '500m'],
  ['5.', 5],
  [2, '2'],
  [0.1, '100m'],
  ['1k', '1000'],
  ['1e3', '1000'],
  ['1E3', '1k'],
  ['1.5e+3', '1500'],
  ['1e-3', '1m'],
  ['1E', '1000P'],
  ['1Ki', '1024'],
  ['1.5Gi', '1536Mi'],
  ['1Ei', '1024Pi'],
  ['1u', '1000n'],
  ['+1', '1'],
  ['-1', '-1000m'],
  ['0', '-0'],
  ['0.1n', '1n'],
  ['-1.5n', '-2n'],
  [1e21, '1000E'],
])('%p equals %p', (a, b) => {
  expect(compareQuantities(quantity(a), quantity(b))).toBe(0);
  expect(quantityProblem(a)).toBeUndefined();
});

test.each(['', '.', '-', 'm', 'k', '1e', '1K', '1MB', '1 Gi', '1gi', '1Gib', '1.2.3', '--1', 'e3', '1Mi2', '1,5', '1e100', 'NaN', NaN, Infinity])(
  'refuses %p', (value) => {
    expect(parseQuantity(value)).toBeUndefined();
    expect(quantityProblem(value)).toMatchObject({ allowed: expect.stringContaining('suffixes') });
  },
);

test.each([
  ['512MB', '512Mi'],
  ['1 GB', '1Gi'],
  ['1gi', '1Gi'],
  ['4K', '4Ki'],
  ['1.5GiB', '1.5Gi'],
  ['1,5Gi', '1.5Gi'],
  ['100 m', '100m'],
])('proposes for %p', (given, proposal) => {
  expect(quantityProblem(given)?.mend).toBe(`Write '${proposal}'.`);
  expect(parseQuantity(proposal)).toBeDefined();
});

test('proposes nothing where nothing is near', () => {
  expect(quantityProblem('plenty')?.mend).toBe('Write it like 500m, 2 or 1.5Gi.');
  expect(quantityProblem(undefined as unknown as string)).toMatchObject({ given: 'nothing' });
});

test('adds exactly', () => {
  const sum = addQuantities(quantity('0.1'), quantity('0.2'));
  expect(compareQuantities(sum, quantity('300m'))).toBe(0);
});

test.each([
  ['1000m', '1'], ['0.25', '250m'], ['2048Mi', '2Gi'], ['1000', '1k'], ['1024', '1Ki'], ['1500', '1500'], ['0', '0'], ['-500m', '-500m'], ['1e-9', '1n'],
])('prints %p as %p', (given, text) => {
  expect(quantityToString(quantity(given))).toBe(text);
});

const suffixes = fc.constantFrom('n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei');
const texts = fc.tuple(fc.integer({ min: -9999, max: 9999 }), suffixes).map(([amount, suffix]) => `${amount}${suffix}`);

test('the order is total, and adding keeps it', () => {
  fc.assert(fc.property(texts, texts, texts, (left, right, more) => {
    const [a, b, c] = [quantity(left), quantity(right), quantity(more)];
    expect(compareQuantities(a, b) + compareQuantities(b, a)).toBe(0);
    expect(compareQuantities(addQuantities(a, c), addQuantities(b, c))).toBe(compareQuantities(a, b));
    expect(compareQuantities(a, c)).toBeLessThanOrEqual(Math.max(compareQuantities(a, b), compareQuantities(b, c)));
  }));
});

test('numbers are in the order of their values', () => {
  fc.assert(fc.property(fc.integer(), fc.integer(), (a, b) => {
    expect(compareQuantities(quantity(a), quantity(b))).toBe(Math.sign(a - b));
  }));
});

test('what is printed is read back the same', () => {
  fc.assert(fc.property(texts, (text) => {
    expect(quantity(quantityToString(quantity(text)))).toEqual(quantity(text));
  }));
});

describe('as the API server stores it', () => {
  test.each([
    ['1000m', '1'], ['0.5', '500m'], ['1.5Gi', '1536Mi'], ['1024Mi', '1Gi'], ['2000Mi', '2000Mi'], ['1024', '1024'], ['5000', '5k'], ['0Gi', '0'], ['1e3', '1e3'], ['12e2', '1200'],
    ['0.1Gi', '107374182400m'], ['0.5Ki', '512'], ['+4', '4'], ['100m', '100m'], ['0.0005', '500u'], ['-2000m', '-2'], ['1E', '1E'], ['1e-3', '1e-3'], ['500M', '500M'], ['no', 'no'],
  ])('%s is %s', (given, stored) => {
    expect(canonicalQuantity(given)).toBe(stored);
  });

  test('it is the same amount, and stays as it is', () => {
    const suffix = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'E-2');
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 999 }), suffix, (whole, part, unit) => {
      const text = `${whole}.${part}${unit}`;
      const stored = canonicalQuantity(text);
      expect(parseQuantity(stored)).toEqual(parseQuantity(text));
      expect(stored).not.toContain('.');
      expect(canonicalQuantity(stored)).toBe(stored);
    }));
  });
});
