import { variablesIn } from '../../src/values/kyverno-variables';

test.each([
  ['{{ request.name }}', ['request.name']],
  ['{{request.name}}-{{ element.name }}', ['request.name', 'element.name']],
  ['{{- request.name }}', ['request.name']],
  ['{{ merge(a, {b: c}) }}', ['merge(a, {b: c})']],
  ['\\{{ request.name }}', []],
  ['${request.name}', []],
  [{ list: [{ '{{ key }}': 'a', 'b': '{{ value }}' }], number: 1, nothing: null }, ['key', 'value']],
])('of %j', (value, expected) => {
  expect(variablesIn(value)).toEqual(expected);
});
