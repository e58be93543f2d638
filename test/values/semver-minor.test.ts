import { compareMinor, minorProblem, parseMinor } from '../../src/values/semver-minor';

test.each([
  ['1.18', 1, 18],
  ['v1.18', 1, 18],
  ['1.18.2', 1, 18],
  ['1.20.0-rc.1', 1, 20],
  ['v1.33.4+k3s1', 1, 33],
])('reads %p', (text, major, minor) => {
  expect(parseMinor(text)).toEqual({ major, minor });
  expect(minorProblem(text)).toBeUndefined();
});

test.each(['', '1', 'v1', '1.x', 'latest', '1.18.', '1.18.2.3', ' 1.18', '1.18 ', '-1.18'])('refuses %p', (text) => {
  expect(parseMinor(text)).toBeUndefined();
  expect(minorProblem(text)).toMatchObject({ mend: 'Write it like \'1.18\'.' });
});

test('asks to quote a number, which has lost its last zero', () => {
  expect(minorProblem(1.20 as unknown as string)).toMatchObject({ given: '1.2', mend: expect.stringContaining('Quote') });
});

test('orders minors as numbers and leaves patches out', () => {
  expect(compareMinor('1.9', '1.18')).toBeLessThan(0);
  expect(compareMinor('2.0', '1.18')).toBeGreaterThan(0);
  expect(compareMinor('1.18.2', 'v1.18')).toBe(0);
});

test('does not compare what is no version', () => {
  expect(() => compareMinor('latest', '1.18')).toThrow('compareMinor: version: given "latest"');
  expect(() => compareMinor('1.18', '')).toThrow('given ""');
});
