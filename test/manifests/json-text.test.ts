import * as fc from 'fast-check';
import { readJson } from '../../src/manifests/json-text';
import { readYaml } from '../../src/manifests/kube-yaml';

test.each([
  ['everything that JSON has', '{"a": [1, -2.5, 1e3, 1.0, true, null, "x", {}], "b": {"c": []}}'],
  ['escapes', '{"a": "\\u00e9\\ud83d\\ude00 \\" \\\\ \\/ \\n \\t"}'],
  ['signs of JSON within texts', '{"a": "{\\"b\\": 1}", "c": "\\\\", "d": "e\\": "}'],
  ['keys that YAML has a meaning for', '{"<<": {"a": 1}, "yes": 1, "~": 2, "=": 3}'],
  ['a key that JavaScript has a meaning for', '{"__proto__": {"a": 1}, "constructor": 2}'],
  ['texts that look like something else', '{"a": "on", "b": "0x1f", "c": "2026-01-01", "d": "1_000"}'],
  ['space around, line by line', '\n {\n  "a" : 1 ,\r\n  "b":[ ]\n}\n'],
])('reads %s as YAML does', (_, text) => {
  expect(readJson(text)).toStrictEqual(JSON.parse(text));
  expect([readJson(text)]).toEqual(readYaml(text));
});

test.each([
  ['a key for the second time', '{"a": 1, "a": 2}'],
  ['a key for the second time, written in another way', '{"a": 1, "\\u0061": 2}'],
  ['a key for the second time, deep down', '{"a": [{"b": {"c": 1, "c": 1}}]}'],
  ['numbers beyond all', '{"a": 1e999}'],
  ['less than nothing', '{"a": -0}'],
  ['nesting without end', `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`],
  ['a list', '[{"a": 1}]'],
  ['a text', '"a"'],
  ['nothing at all', ''],
  ['YAML in braces', '{a: 1}'],
  ['a comment', '{"a": 1} # why'],
  ['a comma too many', '{"a": 1,}'],
  ['two objects', '{"a": 1}\n{"b": 2}'],
  ['a template', '{{ .Values.a }}'],
])('leaves %s to YAML', (_, text) => {
  expect(readJson(text)).toBeUndefined();
});

test('reads whatever JSON writes as YAML does', () => {
  fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.jsonValue()), fc.constantFrom(0, 2), (value, indent) => {
    const text = JSON.stringify(value, undefined, indent);
    expect([readJson(text)]).toEqual(readYaml(text));
  }), { numRuns: 1000 });
});
