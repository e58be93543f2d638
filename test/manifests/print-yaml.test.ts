import * as fc from 'fast-check';
import { DEFAULT_SCHEMA, FAILSAFE_SCHEMA, load } from 'js-yaml';
import { parse } from 'yaml';
import { readYaml } from '../../src/manifests/kube-yaml';
import { printYaml } from '../../src/manifests/print-yaml';

/** What every reader makes of a text. */
function readings(text: string): unknown[] {
  return [
    load(text, { schema: DEFAULT_SCHEMA }),
    parse(text, { version: '1.1', strict: true }),
    parse(text, { version: '1.2', strict: true }),
    readYaml(text)[0],
  ];
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Texts that some YAML reads as something else, and parts of such texts. */
const TRAPS = [
  'on', 'On', 'ON', 'off', 'y', 'Y', 'n', 'N', 'yes', 'Yes', 'no', 'NO', 'true', 'TRUE', 'False', 'null', 'Null', 'NULL', '~', '',
  '1', '-1', '+1', '01', '0o7', '0O7', '0x1F', '0b101', '1_000', '1e3', '1E3', '1e+3', 'e1', 'E12', 'e+3', 'e-3', '.e1', '.5', '5.', '1.18', '-.inf', '.inf', '.NaN', '+.Inf',
  '190:20:30', '1:30', '1:30.5', '2001-12-14', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5', '0.0.0.0', '10.0.0.0/8', './', './a', './5', './-5', '100m', '8Gi',
  '=', '<<', '-', '- a', '?', '? a', ':', ': a', 'a: b', 'a:', 'a:b', 'a #b', '#a', '&a', '*a', '!a', '|', '>', '%a', '@a', '`a', '{', '}', '[', ']', ',',
  '{{ request.object.metadata.name }}', '{{', '$(A)', '${a}', '$$', '"', '\'', '\\', '"a"', '\'a\'', 'it\'s', 'a\\b', '---', '...', '--- a',
  ' a', 'a ', 'a\t', '\ta', 'a\tb', '\n', '\na', 'a\n', 'a\n\n', 'a\nb', 'a\n b\n', ' a\nb', 'a \nb', 'a\n\n\nb\n', 'a\r\nb', 'a\rb', '#a\n#b', '- a\n- b\n',
  'a\n\tb', '\u0085', 'a\u0085b', '\u2028', 'a\u2029b', '\ufeff', '\ufeffa', 'a\ufeff', '\u0000', '\u0007', '\u001b[0m', '\u007f', '\u0080', '\u00a0', '\u200b',
  '\ufffe', '\uffff', '\ud7ff', '\ue000', '\u{1f600}', '\u{10ffff}', '\u{1fffe}', 'é', '漢字', 'é\nü\n', 'toString', '__proto__', 'constructor', 'x'.repeat(2000),
];

const text = fc.oneof(
  fc.constantFrom(...TRAPS),
  fc.string({ unit: 'binary' }).filter(value => !/\p{Surrogate}/u.test(value)),
  fc.string({ unit: fc.constantFrom(...'aeox01 \n\t:#-_.,"\'\\{}[]&*!|>%@`~=<$?+') }),
  fc.array(fc.constantFrom(...TRAPS), { maxLength: 3 }).map(parts => parts.join('')),
);
const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }));
// js-yaml and JSON.parse differ over __proto__ as a key only in what JavaScript shows of it.
const key = text.filter(value => value !== '__proto__');
const value = fc.letrec(tie => ({
  any: fc.oneof({ maxDepth: 4 }, text, number, fc.boolean(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(key, tie('any'), { maxKeys: 4 }),
})).any;

describe('printYaml', () => {
  test.each(TRAPS)('%j is that text to every reader, as a value, an item and a key', trap => {
    const data = { key: trap, list: [trap, [trap]], map: trap === '__proto__' ? {} : { [trap]: trap }, last: 'x' };
    for (const reading of readings(printYaml(data))) expect(reading).toEqual(data);
    // Without any types everything is text, so what is not quoted is at least no other text.
    expect(load(printYaml({ trap }), { schema: FAILSAFE_SCHEMA })).toEqual({ trap });
  });

  test('anything that JSON can say comes back from every reader', () => {
    fc.assert(fc.property(value, data => {
      for (const reading of readings(printYaml(data))) expect(json(reading)).toEqual(json(data));
    }), { numRuns: 400 });
  });

  test('the order of keys changes no byte', () => {
    const shuffled = (data: unknown): unknown => {
      if (Array.isArray(data)) return data.map(shuffled);
      if (typeof data !== 'object' || data === null) return data;
      return Object.fromEntries(Object.entries(data).reverse().map(([name, entry]) => [name, shuffled(entry)]));
    };
    fc.assert(fc.property(value, data => expect(printYaml(shuffled(data))).toBe(printYaml(data))), { numRuns: 100 });
  });

  test('holds no character that an editor or a terminal would change', () => {
    fc.assert(fc.property(value, data => {
      const lines = printYaml(data).split('\n');
      expect(lines.filter(line => /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u.test(line.replaceAll('\t', '')))).toEqual([]);
      expect(lines.at(-1)).toBe('');
    }), { numRuns: 200 });
  });

  test('reads like what people write', () => {
    expect(printYaml({
      spec: { podSelector: {}, policyTypes: ['Ingress'], ports: [{ protocol: 'TCP', port: 8080 }], empty: [], cidr: '10.0.0.0/8', cpu: '100m', version: '1.18' },
      kind: 'X',
      metadata: { name: 'a', annotations: { 'a.b/c': 'true', 'note': 'one\ntwo\n' } },
      apiVersion: 'v1',
      data: { path: '/api/v1(/[^?]*)?(\\?.*)?', message: 'All containers must have limits: see {{ request.object.metadata.name }}.', image: 'nginx:1.29' },
    })).toBe(`apiVersion: v1
kind: X
metadata:
  annotations:
    a.b/c: "true"
    note: |
      one
      two
  name: a
data:
  image: nginx:1.29
  message: "All containers must have limits: see {{ request.object.metadata.name }}."
  path: '/api/v1(/[^?]*)?(\\?.*)?'
spec:
  cidr: 10.0.0.0/8
  cpu: 100m
  empty: []
  podSelector: {}
  policyTypes:
    - Ingress
  ports:
    - port: 8080
      protocol: TCP
  version: "1.18"
`);
  });

  test('leaves out what is undefined, as JSON does', () => {
    expect(printYaml({ a: undefined, b: { c: undefined } })).toBe('b: {}\n');
  });

  test.each([
    [{ a: NaN }, 'NaN, which is no number in JSON'],
    [{ a: Infinity }, 'Infinity, which is no number in JSON'],
    [{ a: () => 1 }, 'a function, which JSON does not have'],
    [{ a: 1n }, 'a bigint, which JSON does not have'],
    [{ a: new Date(0) }, 'a Date, which JSON does not have'],
    [{ a: 'x\ud800' }, 'half of a surrogate pair in "x\\ud800"'],
  ])('refuses what JSON cannot say: %p', (data, message) => {
    expect(() => printYaml(data)).toThrow(message);
  });
});
