import { check } from '../../src/checks/check';
import type { Finding, Located } from '../../src/checks/finding';
import { duplicateObject } from '../../src/checks/identity/duplicate-object';
import { targetOf } from '../../src/target/target-of';

const secret = (more: object = {}) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'shop' }, ...more });
const named = (metadata: object) => secret({ metadata });

function findings(...objects: object[]): Finding[] {
  const located = objects.map((object, index) => ({ object, source: { file: `${index}.yaml`, line: 1 } }) as Located);
  return check(located, targetOf(), [duplicateObject]);
}

describe('two objects are one', () => {
  test.each([
    ['with the same group, kind, namespace and name', secret(), secret({ data: { b: 'c' } })],
    ['in another version of the group', secret({ apiVersion: 'a.io/v1' }), secret({ apiVersion: 'a.io/v1beta1' })],
    ['of a kind without namespaces', secret({ kind: 'Namespace', metadata: { name: 'a' } }), secret({ kind: 'Namespace', metadata: { name: 'a', namespace: undefined } })],
  ])('%s', (_, one, other) => {
    const [finding, ...more] = findings(one, other);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ id: 'identity/DuplicateObject', severity: 'error', pointer: '/metadata/name', object: { source: { file: '1.yaml' } } });
    expect(finding!.found).toMatch(/^(Secret shop\/|Namespace )a, which 0\.yaml:1 makes too$/);
  });

  test('without a namespace, both in one file', () => {
    const one = { object: named({ name: 'a' }), source: { file: 'a.yaml' } } as Located;
    expect(check([one, { ...one }], targetOf(), [duplicateObject])).toHaveLength(1);
  });

  test('and a third one is told of the first as well', () => {
    expect(findings(secret(), secret(), secret()).map(({ object, found }) => [object.source.file, found])).toEqual([
      ['1.yaml', 'Secret shop/a, which 0.yaml:1 makes too'], ['2.yaml', 'Secret shop/a, which 0.yaml:1 makes too'],
    ]);
  });

  test('whatever else stands beside them', () => {
    const broken = [secret({ apiVersion: 1 }), secret({ kind: null }), named({ name: {} }), named({ name: 'a', namespace: [] }), secret({ metadata: 'a' }), secret({ metadata: null })];
    expect(findings(...broken, ...broken)).toEqual([]);
    expect(findings(...broken, secret(), secret())).toHaveLength(1);
  });
});

describe('two objects are two', () => {
  test.each([
    ['of another name', named({ name: 'b', namespace: 'shop' })],
    ['of another namespace', named({ name: 'a', namespace: 'bank' })],
    ['one of them without a namespace', named({ name: 'a' })],
    ['of another kind', secret({ kind: 'ConfigMap' })],
    ['of another group', secret({ apiVersion: 'a.io/v1' })],
  ])('%s', (_, other) => expect(findings(secret(), other)).toEqual([]));

  test('without a namespace, each in a file that may be applied to another one', () => {
    expect(findings(named({ name: 'a' }), named({ name: 'a' }))).toEqual([]);
  });

  test('whose names the API server makes up', () => {
    expect(findings(named({ generateName: 'a-' }), named({ generateName: 'a-' }))).toEqual([]);
  });
});
