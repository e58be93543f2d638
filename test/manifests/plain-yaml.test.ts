import * as fc from 'fast-check';
import { dump } from 'js-yaml';
import { readYaml } from '../../src/manifests/kube-yaml';
import { readPlainYaml } from '../../src/manifests/plain-yaml';

const read = (text: string): unknown => readPlainYaml(text, 0, text.length);

describe('what is read', () => {
  test.each([
    ['texts, numbers, words', 'a: text\nb: 8080\nc: yes\nd: ~\ne: 0o17\nf: 1_000\n', { a: 'text', b: 8080, c: true, d: null, e: 15, f: 1000 }],
    ['quotes', 'a: "on"\n\'b c\': \'8080\'\n', { 'a': 'on', 'b c': '8080' }],
    ['lists below their key, indented or not', 'a:\n- x\n- d: 1\n  z: 2\nb:\n  - - 1\n    - 2\n', { a: ['x', { d: 1, z: 2 }], b: [[1, 2]] }],
    ['nothing, and empty', 'a:\nb: {}\nc: []\n', { a: null, b: {}, c: [] }],
    ['comments and blank lines', '# first\na: 1 # one\n\n# between\nb: x#y\n', { a: 1, b: 'x#y' }],
    ['block texts', 'a: |\n  one\n    two\n\n  three\nb: >-\n  four\n  five\nc: 1\n', { a: 'one\n  two\n\nthree\n', b: 'four five', c: 1 }],
    ['a last line without an end', 'a: 1', { a: 1 }],
    ['letters beyond ASCII', 'a: Größe\n', { a: 'Größe' }],
    ['the fields of patterns', '=(spec):\n  +(x): "?*"\n', { '=(spec)': { '+(x)': '?*' } }],
  ])('%s', (_, text, value) => {
    expect(read(text)).toEqual(value);
    expect(readYaml(text)).toEqual([value]);
  });

  test('a part of a longer text', () => {
    const text = '---\na: 1\n---\nb: 2\n';
    expect(readPlainYaml(text, 9, text.length)).toEqual({ b: 2 });
    expect(readPlainYaml(text, 0, 9)).toEqual({ a: 1 });
  });
});

test.each([
  ['nothing at all', ''],
  ['one text', 'text\n'],
  ['braces and brackets', 'a: { b: c }\n'],
  ['anchors and aliases', 'a: &x 1\nb: *x\n'],
  ['tags', 'a: !!str 1\n'],
  ['merges', 'a: 1\n<<:\n  b: 2\n'],
  ['a key that is no text', 'yes: 1\n'],
  ['a key for the second time', 'a: 1\na: 2\n'],
  ['a key that JavaScript has a meaning for', '__proto__:\n  a: 1\n'],
  ['texts that go on', 'a: one\n  two\n'],
  ['escapes', 'a: "\\n"\n'],
  ['a quote in quotes', 'a: \'it\'\'s\'\n'],
  ['tabs', 'a:\tb\n'],
  ['carriage returns', 'a: b\r\n'],
  ['control characters', 'a: b\u0007\n'],
  ['a second document', 'a: 1\n...\nb: 2\n'],
  ['a mapping that ends in the middle', 'a:\n    b: 1\n  c: 2\n'],
  ['a key without a colon', 'a: 1\nb\n'],
  ['an empty item', '-\n- a\n'],
  ['a folded text with a blank line', 'a: >\n  b\n\n  c\n'],
  ['deep nesting', Array.from({ length: 80 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
])('left to the whole reader: %s', (_, text) => {
  expect(read(text)).toBeUndefined();
});

const TOKENS = [
  'a', 'key', 'x y', '1', '01', '-', '- ', '- - ', 'a: ', 'b:', 'c: ', ': ', ':', '#', ' # c', '\n', '\n', '\n  ', '\n    ', '\n ', ' ', '"q"', '\'s\'', '"', '\'',
  '{}', '[]', '{', '|\n', '>-\n', '|-\n', '~', 'y', '<<', '&a', '*a', '!t', '? ', '%', '---', '...', 'é', '\t', '__proto__', '(a): ', '"k": ', '\u0085', '\ufeff', '😀',
];

test('reads nothing in another way than the whole reader, whatever the signs', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 14 }), tokens => {
    const text = tokens.join('');
    const value = read(text);
    if (value !== undefined) expect([value]).toEqual(readYaml(text));
  }), { numRuns: 3000 });
});

test('reads what js-yaml writes of JSON, wherever it reads it', () => {
  let plain = 0;
  fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue()), value => {
    const text = dump(value, { noRefs: true });
    const seen = read(text);
    if (seen === undefined) return;
    plain++;
    expect([seen]).toEqual(readYaml(text));
  }), { numRuns: 300 });
  expect(plain).toBeGreaterThan(30);
});
