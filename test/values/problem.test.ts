import { problem } from '../../src/values/problem';

const given = (value: unknown): string => problem(value, '', '').given;

test.each<[unknown, string]>([
  ['web', '"web"'],
  [undefined, 'nothing'],
  [null, 'null'],
  [NaN, 'NaN'],
  [7n, '7'],
  [true, 'true'],
  [['a', 1], '["a",1]'],
  [{ key: 'a', size: 2n }, '{"key":"a","size":"2"}'],
])('prints what was given: %p', (value, text) => {
  expect(given(value)).toBe(text);
});

test('cuts a long value', () => {
  const text = given('x'.repeat(200));
  expect(text).toHaveLength(80);
  expect(text.endsWith('x…')).toBe(true);
});

test('prints values that refer to themselves', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(given(circle)).toBe('[object Object]');
});

test('keeps what is allowed and how to mend it', () => {
  expect(problem(0, 'one or more', 'Add one.')).toEqual({ given: '0', allowed: 'one or more', mend: 'Add one.' });
});
