import { jmesPathProblem } from '../../src/values/jmespath';

test.each([
  'request.object', '@', 'a."b-c".d', 'a[0]', 'a[-1]', 'a[*].b', 'a[]', 'a[].b[]', 'a[1:2]', 'a[::-1]', 'a.*', '*', '*.a', '[*]', '[?a]', 'a[?b == \'c\'].d | [0]',
  'a || `[]`', '`{"a": [1, null]}`', 'a && !b', '(a || b).c', 'a.[b, c]', 'a.{b: c, "d e": f[0]}', '{a: b}', 'to_upper(a)', 'f()', 'max_by(a, &b)', 'f(\'it\\\'s\', "x")',
  'time_since(\'\', \'2026-01-01T00:00:00Z\', \'\')', 'regex_match(\'^[a-z]{1,3}$\', a)', 'a\n  | b', 'length(a[?starts_with(@, `"x"`)]) > `2`', 'images.containers.*.tag', '[a, b][]',
])('%s is JMESPath', expression => {
  expect(jmesPathProblem(expression)).toBeUndefined();
});

test.each([
  ['', 'in place of the end'], ['a.[', 'the end'], ['a.', 'the end'], ['.a', 'in place of .'], ['a..b', 'in place of .'], ['a[', 'the end'], ['a]', 'in place of ]'], ['a[b]', 'in place of b'],
  ['(a', ') is wanted'], ['f(a', 'the end'], ['a-b', 'in place of -'], ['a.b/c', 'begins with /c'], ['a["b"]', 'in place of "b"'], ['\'a', 'begins with \'a'], ['`a`', 'holds no JSON'],
  ['"\\q"', 'holds no JSON'], ['a = b', 'begins with = b'], ['a[-]', 'hyphen'], ['{a}', ': is wanted'], ['a b', 'in place of b'], ['"f"(a)', 'in place of ('], ['ä', 'begins with ä'], ['a ||', 'the end'],
  ['.Values.team', 'in place of .'], ['a[0', '] is wanted'], ['[a,]', 'in place of ]'],
])('%s is none', (expression, because) => {
  expect(jmesPathProblem(expression)?.allowed).toContain(because);
});

test('what is deeper than anybody writes is not judged, and ends nothing', () => {
  expect(jmesPathProblem(`${'('.repeat(1e5)}a`)).toBeUndefined();
  expect(jmesPathProblem(`a${'.a'.repeat(1e4)}`)).toBeUndefined();
});
