import { ApiObject, App, Chart, type IResolver, JsonPatch, Lazy, type ResolutionContext } from 'cdk8s';
import { PlainObject } from '../../src/platform/plain-object';
import { everything } from '../support/everything';

/** As cdk8s renders it. */
const stock = (object: ApiObject): unknown => ApiObject.prototype.toJson.call(object) as unknown;

const object = (spec: object, app = new App({ outdir: 'never-written' })) => (
  new PlainObject(new Chart(app, 'chart'), 'x', { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, spec, another: { b: 1, a: [{ d: 1, c: null }] } }));

describe('a PlainObject', () => {
  test('renders what an ApiObject renders, to the order of keys', () => {
    const objects = everything().node.findAll().filter(construct => construct instanceof PlainObject);
    expect(objects.length).toBeGreaterThan(50);
    for (const each of objects) expect(JSON.stringify(each.toJson())).toBe(JSON.stringify(stock(each)));
  });

  test.each<[string, () => ApiObject]>([
    ['null and undefined', () => object({ a: null, b: undefined, c: [null, undefined, 1], d: { e: null }, f: [], g: {} })],
    ['lazy values', () => object({ a: [{ b: Lazy.any({ produce: () => 'late' }) }] })],
    ['tokens', () => object({ a: { resolve: () => 'late' } })],
    ['unions of number and string', () => object({ port: new (class Port { value = 8080; })() })],
    ['labels and annotations that came later', () => {
      const each = object({ a: 1 });
      each.metadata.addLabel('z', 'a');
      each.metadata.addAnnotation('b', 'c');
      each.metadata.add('generation', 3);
      return each;
    }],
    ['patches', () => {
      const each = object({ a: 1 });
      each.addJsonPatch(JsonPatch.add('/spec/b', { d: 1, c: 2 }));
      return each;
    }],
    ['resolvers of the app', () => {
      const resolver: IResolver = { resolve: (context: ResolutionContext) => void (context.value === 'old' && context.replaceValue('new')) };
      return object({ a: 'old' }, new App({ outdir: 'never-written', resolvers: [resolver] }));
    }],
  ])('renders %s as an ApiObject does', (_, make) => {
    expect(JSON.stringify(make().toJson())).toBe(JSON.stringify(stock(make())));
    expect(JSON.stringify(make().toJson())).not.toContain('old');
  });

  test('refuses what an ApiObject refuses', () => {
    expect(() => object({ a: new Date(0) }).toJson()).toThrow('can\'t render non-simple object of type \'Date\'');
  });

  test('keeps the order of the program when told to, as an ApiObject does', () => {
    process.env.CDK8S_DISABLE_SORT = '1';
    try {
      expect(JSON.stringify(object({ b: 1, a: 2 }).toJson())).toContain('{"b":1,"a":2}');
    } finally {
      delete process.env.CDK8S_DISABLE_SORT;
    }
  });
});
