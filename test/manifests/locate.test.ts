import fc from 'fast-check';
import { stringify } from 'yaml';
import { read } from './read';
import { locate } from '../../src/manifests/locate';

function positionOf(text: string, pointer: string, index = 0): string {
  const { file, line, column } = locate(read(text).objects[index]!, pointer);
  return `${file}:${line}:${column}`;
}

const TEXT = `# a comment
---
apiVersion: v1
kind: Pod
metadata:
  name: a
  labels: { app: web, 'a/b': x, empty }
spec:
  containers:
  - name: one

  # another
  - image: b
    "quoted key": &anchor
      deep: [1, [2,
        3]]
  alias: *anchor
`;

test.each([
  ['', '3:1'],
  ['/kind', '4:1'],
  ['/metadata/name', '6:3'],
  ['/metadata/labels/app', '7:13'],
  ['/metadata/labels/a~1b', '7:23'],
  ['/metadata/labels/empty', '7:33'],
  ['/spec/containers', '9:3'],
  ['/spec/containers/0', '10:5'],
  ['/spec/containers/1/image', '13:5'],
  ['/spec/containers/1/quoted key/deep/1/1', '16:9'],
  ['/spec/alias/deep', '15:7'],
])('%s is at %s', (pointer, position) => {
  expect(positionOf(TEXT, pointer)).toBe(`a.yaml:${position}`);
});

test.each([
  ['a field that is not there', '/metadata/namespace', '5:1'],
  ['an item that is not there', '/spec/containers/7/image', '9:3'],
])('%s is where it would be', (_name, pointer, position) => {
  expect(positionOf(TEXT, pointer)).toBe(`a.yaml:${position}`);
});

test('items of a List and later documents have their own places', () => {
  const text = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: A\n- apiVersion: v1\n  kind: B\n---\napiVersion: v1\nkind: C\n';
  expect([0, 1, 2].map(index => positionOf(text, '/kind', index))).toEqual(['a.yaml:5:3', 'a.yaml:7:3', 'a.yaml:10:1']);
});

test('an object that a construct made is at its construct', () => {
  const source = { constructPath: 'app/policy' };
  expect(locate({ object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, source }, '/kind')).toBe(source);
});

test('every key of any object is found on the line that has it', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(names, fc.boolean(), (keys, flow) => {
    const spec = Object.fromEntries(keys.map((key, index) => [`k${index}${key}`, [{ [key]: index }]]));
    const text = stringify({ apiVersion: 'v1', kind: 'Pod', spec }, { collectionStyle: flow ? 'flow' : 'block' });
    keys.forEach((key, index) => {
      const { line, column } = locate(read(text).objects[0]!, `/spec/k${index}${key}/0/${key}`);
      expect(text.split('\n')[line! - 1]!.slice(column! - 1)).toMatch(new RegExp(`^${key}:`));
    });
  }));
});
