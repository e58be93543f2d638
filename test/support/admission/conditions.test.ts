import { conditionsHold } from './conditions';
import { NotFound } from './jmespath';
import { Scope } from './scope';

const scope = new Scope({ request: { operation: 'CREATE', object: { kind: 'Pod' } }, none: null });
const holds = (key: unknown, operator: string, value: unknown): boolean => conditionsHold({ all: [{ key, operator, value }] }, scope);

test.each<[unknown, string, unknown, boolean]>([
  ['a', 'Equals', 'a', true], ['abc', 'Equals', 'a*', true], ['a*', 'Equals', 'abc', false], ['a', 'NotEquals', 'b', true],
  [true, 'Equals', true, true], [true, 'Equals', 'true', false], [5, 'Equals', '5', true], [5, 'Equals', 6, false], ['5', 'Equals', 5, false],
  ['1Gi', 'Equals', '1024Mi', true], ['1Gi', 'Equals', 'x', false], ['1Gi', 'NotEquals', 'x', true],
  ['1h', 'Equals', '60m', true], ['1h', 'Equals', 3600, true], ['0', 'Equals', '1h', false],
  [['a', 'b'], 'Equals', ['a', 'b'], true], [['a', 'b'], 'Equals', ['b', 'a'], false], [{ a: 1 }, 'NotEquals', { a: 1 }, false],
  ['{{ none }}', 'Equals', 'a', false], ['{{ none }}', 'NotEquals', 'a', false],
  ['a', 'AnyIn', ['a', 'b'], true], ['abc', 'AnyIn', ['a*'], true], ['a*', 'AnyIn', ['abc'], true], [['x', 'a'], 'AnyIn', ['a'], true],
  [['x', 'a'], 'AllIn', ['a'], false], [['a'], 'AllIn', ['a', 'b'], true], [['x', 'a'], 'AnyNotIn', ['a'], true],
  [['x', 'a'], 'AllNotIn', ['a'], false], [['x'], 'AllNotIn', ['a'], true], ['a', 'AnyIn', '["a", "b"]', true], ['c', 'AnyIn', '["a"]', false],
  [7, 'AnyIn', '5-10', true], [11, 'AnyIn', '5-10', false], ['{{ none }}', 'AnyNotIn', ['a'], false], ['a', 'NotIn', ['b'], true],
  [5, 'GreaterThan', 4, true], [5, 'GreaterThan', '6', false], ['2Gi', 'LessThanOrEquals', '1Gi', false], ['90s', 'GreaterThan', '1m', true],
  ['a', 'In', ['a'], true], ['a', 'NotEqual', 'a', false], [4, 'LessThan', 5, true],
  ['x', 'GreaterThan', 1, false], [3, 'GreaterThanOrEquals', 3, true],
])('%p %s %p is %p', (key, operator, value, expected) => expect(holds(key, operator, value)).toBe(expected));

describe('conditions together', () => {
  const yes = { key: '{{ request.operation }}', operator: 'Equals', value: 'CREATE' };
  const no = { key: '{{ request.operation }}', operator: 'Equals', value: 'DELETE' };

  test.each<[unknown, boolean]>([
    [undefined, true], [{ any: [yes, no] }, true], [{ any: [no, no] }, false], [{ all: [yes, no] }, false], [{ all: [yes, yes] }, true],
    [{ any: [yes], all: [no] }, false], [{ any: [no], all: [yes] }, false], [[yes, yes], true], [[yes, no], false],
    [{ anyy: [no] }, true],
  ])('%j is %p', (conditions, expected) => expect(conditionsHold(conditions, scope)).toBe(expected));

  test('a variable that does not resolve is an error', () => {
    expect(() => holds('{{ request.object.spec }}', 'Equals', 'a')).toThrow(NotFound);
    expect(holds("{{ request.object.spec || '' }}", 'Equals', '')).toBe(true);
  });

  test('operators that are not covered are not guessed', () => {
    expect(() => holds('1s', 'DurationGreaterThan', '2s')).toThrow(/DurationGreaterThan/);
    expect(() => holds(['a'], 'NotIn', ['a'])).toThrow(/NotIn/);
    expect(() => holds('1.2.3', 'GreaterThan', '1.2.2')).toThrow(/versions/);
  });
});
