import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { edit, without } from '../../../scripts/schemas/edit';
import { InternedNodes } from '../../../scripts/schemas/interned-nodes';
import { readFolder } from '../../../scripts/schemas/read-folder';
import { SchemaText } from '../../../src/checks/schema/schema-node';

describe('nodes', () => {
  test('what is the same is stored once, and read back as one', () => {
    const nodes = new InternedNodes();
    const selector = { type: 'object', additionalProperties: { type: 'string', maxLength: 63 } };
    const root = nodes.add({ type: 'object', properties: { a: selector, b: { $ref: '#/definitions/Selector' } } }, { Selector: selector });
    expect(nodes.lines).toHaveLength(3);
    const node = new SchemaText(['{}', ...nodes.lines].join('\n')).node(root);
    expect(node.fields?.get('a')).toBe(node.fields?.get('b'));
    expect(node.fields?.get('a')?.values).toEqual({ type: 'string', limits: { maxLength: 63 } });
  });

  test('a field with a default is not missed', () => {
    const nodes = new InternedNodes();
    nodes.add({ type: 'object', required: ['a', 'b'], properties: { a: { type: 'string', default: 'x' }, b: { type: 'string' } } });
    expect(JSON.parse(nodes.lines.at(-1)!)).toMatchObject({ required: ['b'] });
  });

  test('patterns and CEL rules that nobody has read are refused', () => {
    const nodes = new InternedNodes();
    expect(() => nodes.add({ type: 'string', pattern: '^(a+)+$' })).toThrow('the pattern ^(a+)+$ is new');
    expect(() => nodes.add({ 'type': 'object', 'x-kubernetes-validations': [{ rule: 'self.a' }] })).toThrow('the CEL rule self.a is new');
  });
});

describe('changes to a schema', () => {
  const schema = { type: 'object', required: ['a'], properties: { a: { items: { properties: { b: { type: 'string' }, c: {} } } } } };

  test('go through lists, and leave the original as it is', () => {
    expect(edit(schema, 'a.b', field => ({ ...field, maxLength: 1 })).properties?.a?.items?.properties?.b).toEqual({ type: 'string', maxLength: 1 });
    expect(schema.properties.a.items.properties.b).toEqual({ type: 'string' });
  });

  test('a field that goes is not required either', () => {
    expect(without(schema, ['a'])).toEqual({ type: 'object', required: [], properties: {} });
  });

  test('that change nothing are refused', () => {
    expect(() => without(schema, ['a.d'])).toThrow('there is no d to change');
  });
});

describe('a folder', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'schemas-')); });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('may hold CRDs, OpenAPI definitions and JSON schemas', () => {
    writeFileSync(join(folder, 'crd.yaml'), `
kind: CustomResourceDefinition
spec:
  group: example.com
  names: { kind: Thing }
  versions:
    - { name: v1, served: true, schema: { openAPIV3Schema: { type: object } } }
    - { name: v0, served: false, schema: { openAPIV3Schema: { type: object } } }
`);
    writeFileSync(join(folder, 'v1.30.json'), JSON.stringify({
      definitions: { Pod: { 'type': 'object', 'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Pod' }] }, Other: {} },
    }));
    writeFileSync(join(folder, 'policies.validatingpolicy_v1.json'), '{ "type": "object" }');
    expect(readFolder(folder).map(({ group, version, kind, product }) => [group, version, kind, product])).toEqual([
      ['example.com', 'v1', 'Thing', 'any'],
      ['policies.kyverno.io', 'v1', 'ValidatingPolicy', 'any'],
      ['', 'v1', 'Pod', '1.30'],
    ]);
  });

  test('with a schema of a kind that has no name here is refused', () => {
    writeFileSync(join(folder, 'thing_v1.json'), '{ "type": "object" }');
    expect(() => readFolder(folder)).toThrow('no kind is known for thing');
  });
});
