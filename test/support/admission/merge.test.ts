import { strategicMerge } from './merge';
import { Unsupported } from './unsupported';

const pod = (...containers: object[]): Record<string, unknown> => ({ spec: { containers } });

describe('merging', () => {
  test('maps are merged, scalars and lists of scalars replaced, null deletes', () => {
    expect(strategicMerge({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] }, d: null, e: 'x' })).toEqual({ a: { b: 1, c: [3] }, e: 'x' });
  });

  test('lists of named items are merged by name, new ones come first', () => {
    expect(strategicMerge(pod({ name: 'a', image: 'x' }), pod({ name: 'b' }, { name: 'a', tty: true })))
      .toEqual(pod({ name: 'b' }, { name: 'a', image: 'x', tty: true }));
  });

  test('the object itself stays as it was', () => {
    const object = pod({ name: 'a' });
    strategicMerge(object, pod({ name: 'a', tty: true }));
    expect(object).toEqual(pod({ name: 'a' }));
  });

  test('lists without names and directives are not guessed', () => {
    expect(() => strategicMerge({ ports: [{ port: 1 }] }, { ports: [{ port: 2 }] })).toThrow(Unsupported);
    expect(() => strategicMerge({}, { $patch: 'delete' })).toThrow(Unsupported);
    expect(strategicMerge({}, { ports: [{ port: 2 }] })).toEqual({ ports: [{ port: 2 }] });
  });
});

describe('+(k)', () => {
  test('sets only what is missing', () => {
    const patch = { metadata: { labels: { '+(team)': 'x', '+(tier)': 'gold' } } };
    expect(strategicMerge({ metadata: { labels: { team: 'a' } } }, patch)).toEqual({ metadata: { labels: { team: 'a', tier: 'gold' } } });
    expect(strategicMerge({ metadata: {} }, patch)).toEqual({ metadata: { labels: { team: 'x', tier: 'gold' } } });
  });

  test('in a list is decided for each item', () => {
    const patch = pod({ '(name)': '*', '+(tty)': true });
    expect(strategicMerge(pod({ name: 'a', tty: false }, { name: 'b' }), patch))
      .toEqual(pod({ name: 'a', tty: false }, { name: 'b', tty: true }));
  });

  test('leaves nothing behind where everything is there', () => {
    const object = { metadata: { labels: { team: 'a' } } };
    expect(strategicMerge(object, { metadata: { labels: { '+(team)': 'x' } }, spec: { '(missing)': undefined } })).toBeUndefined();
    expect(strategicMerge(object, { metadata: { labels: { '+(team)': 'x' } } })).toEqual(object);
  });
});

describe('(k)', () => {
  test('in a map skips the rule', () => {
    const patch = { spec: { '(hostNetwork)': true, 'dnsPolicy': 'ClusterFirstWithHostNet' } };
    expect(strategicMerge({ spec: { hostNetwork: true } }, patch)).toEqual({ spec: { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } });
    expect(strategicMerge({ spec: { hostNetwork: false } }, patch)).toBeUndefined();
    expect(strategicMerge({ spec: {} }, patch)).toBeUndefined();
  });

  test('in a list picks the items that get the patch', () => {
    const patch = pod({ '(image)': '*:latest', 'imagePullPolicy': 'Always' });
    expect(strategicMerge(pod({ name: 'a', image: 'x:latest' }, { name: 'b', image: 'x:1' }), patch))
      .toEqual(pod({ name: 'a', image: 'x:latest', imagePullPolicy: 'Always' }, { name: 'b', image: 'x:1' }));
    expect(strategicMerge({ spec: {} }, patch)).toEqual({ spec: {} });
  });

  test('with a map that sets fields is not guessed', () => {
    expect(() => strategicMerge({ a: { b: 1 } }, { '(a)': { b: 1 } })).toThrow(Unsupported);
  });
});

describe('<(k)', () => {
  const patch = { metadata: { annotations: { '+(safe)': 'true' } }, spec: { volumes: [{ '<(emptyDir)': {} }] } };

  test('is met by one item of a list and skips the rule otherwise', () => {
    const volumes = (...list: object[]): Record<string, unknown> => ({ metadata: {}, spec: { volumes: list } });
    expect(strategicMerge(volumes({ name: 'a', secret: {} }, { name: 'b', emptyDir: {} }), patch))
      .toMatchObject({ metadata: { annotations: { safe: 'true' } }, spec: { volumes: [{ name: 'a' }, { name: 'b' }] } });
    expect(strategicMerge(volumes({ name: 'a', secret: {} }), patch)).toBeUndefined();
    expect(strategicMerge({ metadata: {}, spec: {} }, patch)).toBeUndefined();
  });
});
