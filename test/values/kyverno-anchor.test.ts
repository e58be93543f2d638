import { anchorOf, withoutAnchor } from '../../src/values/kyverno-anchor';

test.each([
  ['(name)', '(', 'name'], ['=(name)', '=(', 'name'], ['^(name)', '^(', 'name'], ['X(name)', 'X(', 'name'], ['<(name)', '<(', 'name'],
  ['+(name)', '+(', 'name'], ['(app.kubernetes.io/name)', '(', 'app.kubernetes.io/name'],
])('%s is an anchor', (key, sign, field) => {
  expect(anchorOf(key)).toBe(sign);
  expect(withoutAnchor(key)).toBe(field);
});

test.each(['name', 'X', 'Y(name)', '=(name', 'name()', '((name))', ''])('%p is a plain key', key => {
  expect(anchorOf(key)).toBeUndefined();
  expect(withoutAnchor(key)).toBe(key);
});
