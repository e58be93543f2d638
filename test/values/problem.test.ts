import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
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
  [new Map(), 'a Map'],
  [{ labels: new Map() }, '{"labels":"a Map"}'],
  [{ toJSON: () => undefined }, 'nothing'],
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

test('names a construct by its class and its path', () => {
  const chart = new Chart(Testing.app(), 'payments');
  expect(given(new Construct(chart, 'api'))).toBe('Construct payments/api');
  expect(given([chart])).toBe('["Chart payments"]');
});

test('keeps what is allowed and how to mend it', () => {
  expect(problem(0, 'one or more', 'Add one.')).toEqual({ given: '0', allowed: 'one or more', mend: 'Add one.' });
});
