import { matchAnyPattern, matchPattern } from './pattern';

const status = (object: unknown, pattern: unknown): string => matchPattern(object, pattern).status;
const pod = (...containers: object[]): object => ({ spec: { containers } });

describe('plain keys', () => {
  test('a map in the pattern wants a map', () => {
    expect(status({ a: { b: 1 } }, { a: { b: 1 } })).toBe('pass');
    expect(status({ a: 'b' }, { a: { b: 1 } })).toBe('fail');
    expect(status({}, { a: { b: 1 } })).toBe('fail');
  });

  test('a lone * wants the key, even with an empty text', () => {
    expect(status({ a: '' }, { a: '*' })).toBe('pass');
    expect(status({ a: null }, { a: '*' })).toBe('fail');
    expect(status({}, { a: '*' })).toBe('fail');
  });

  test('a scalar is held against every item of a list', () => {
    expect(status({ a: ['x', 'xy'] }, { a: 'x*' })).toBe('pass');
    expect(status({ a: ['x', 'z'] }, { a: 'x*' })).toBe('fail');
    expect(status({ a: [] }, { a: 'x*' })).toBe('pass');
  });

  test('the failure says where', () => {
    expect(matchPattern(pod({ name: 'a' }), { spec: { containers: [{ image: '?*' }] } }).why).toContain('/spec/containers/0/image/');
  });
});

describe('lists', () => {
  test('only the first map of a pattern list counts', () => {
    const pattern = { spec: { containers: [{ name: '?*' }, { never: 'x' }] } };
    expect(status(pod({ name: 'a' }, { name: 'b' }), pattern)).toBe('pass');
    expect(status(pod({ name: 'a' }, { name: '' }), pattern)).toBe('fail');
    expect(status(pod(), pattern)).toBe('pass');
  });

  test('an empty pattern list and a value that is no list fail', () => {
    expect(status({ a: [] }, { a: [] })).toBe('fail');
    expect(status({ a: 'x' }, { a: [{}] })).toBe('fail');
  });

  test('lists of lists are compared by position', () => {
    expect(status({ a: [['x'], ['y']] }, { a: [['x'], ['y']] })).toBe('pass');
    expect(status({ a: [['x'], ['z']] }, { a: [['x'], ['y']] })).toBe('fail');
    expect(status({ a: [['x']] }, { a: [['x'], ['y']] })).toBe('error');
  });
});

describe('anchors', () => {
  test('(k) skips its map unless it matches', () => {
    const pattern = { spec: { '(hostNetwork)': true, 'dns': 'x' } };
    expect(status({ spec: { hostNetwork: true, dns: 'x' } }, pattern)).toBe('pass');
    expect(status({ spec: { hostNetwork: true, dns: 'y' } }, pattern)).toBe('fail');
    expect(status({ spec: { hostNetwork: false, dns: 'y' } }, pattern)).toBe('skip');
    expect(status({ spec: { dns: 'y' } }, pattern)).toBe('skip');
  });

  test('(k) in a list of maps skips item by item', () => {
    const pattern = { spec: { containers: [{ '(image)': 'ghcr.io/*', 'pull': 'Always' }] } };
    expect(status(pod({ image: 'ghcr.io/a', pull: 'Always' }, { image: 'x' }), pattern)).toBe('pass');
    expect(status(pod({ image: 'x' }, { image: 'ghcr.io/a', pull: 'Never' }), pattern)).toBe('fail');
    expect(status(pod({ image: 'x' }), pattern)).toBe('skip');
  });

  test('=(k) is checked where it is present', () => {
    const pattern = { spec: { '=(hostNetwork)': false } };
    expect(status({ spec: {} }, pattern)).toBe('pass');
    expect(status({ spec: { hostNetwork: false } }, pattern)).toBe('pass');
    expect(status({ spec: { hostNetwork: true } }, pattern)).toBe('fail');
  });

  test('^(k) wants one matching item for each pattern', () => {
    const pattern = { spec: { '^(containers)': [{ name: 'a' }, { name: 'b*' }] } };
    expect(status(pod({ name: 'a' }, { name: 'bb' }, { name: 'c' }), pattern)).toBe('pass');
    expect(status(pod({ name: 'a' }, { name: 'c' }), pattern)).toBe('fail');
    expect(status({ spec: {} }, pattern)).toBe('pass');
    expect(status({ spec: { containers: 'x' } }, pattern)).toBe('fail');
  });

  test('X(k) forbids the key', () => {
    const pattern = { spec: { 'X(hostPath)': 'null' } };
    expect(status({ spec: {} }, pattern)).toBe('pass');
    expect(status({ spec: { hostPath: {} } }, pattern)).toBe('fail');
  });

  test('<(k) skips the rule where it does not match, but not where the key is missing', () => {
    const pattern = { spec: { containers: [{ '<(image)': 'ghcr.io/*' }], secret: '?*' } };
    expect(status({ spec: { containers: [{ image: 'x' }] } }, pattern)).toBe('skip');
    expect(status({ spec: { containers: [{ image: 'ghcr.io/a' }] } }, pattern)).toBe('fail');
    expect(status({ spec: { containers: [{}] } }, pattern)).toBe('fail');
    expect(status({ spec: { containers: [{ image: 'ghcr.io/a' }], secret: 's' } }, pattern)).toBe('pass');
  });

  test('a skipped sibling swallows a failing anchor that comes later', () => {
    const pattern = { '(a)': 1, '=(b)': 2 };
    expect(status({ a: 2, b: 3 }, pattern)).toBe('skip');
    expect(status({ a: 1, b: 3 }, pattern)).toBe('fail');
  });

  test('a list of skipped items does not skip the map when another anchor applied', () => {
    const pattern = { '=(init)': [{ '(image)': 'a' }], '=(other)': 'x', 'main': 'y' };
    expect(status({ init: [{ image: 'b' }], main: 'n' }, pattern)).toBe('fail');
    expect(status({ init: [{ image: 'b' }], main: 'y' }, pattern)).toBe('pass');
    expect(status({ init: [{ image: 'b' }], main: 'n' }, { '=(init)': pattern['=(init)'], 'main': 'y' })).toBe('skip');
  });

  test('a failure is an error where a conditional, existence or negation key was nowhere in the object', () => {
    expect(status({ spec: { image: 'x' } }, { spec: { 'X(hostPath)': 'null', 'image': 'y' } })).toBe('error');
    expect(status({ spec: { image: 'x' } }, { spec: { '=(hostPath)': 'null', 'image': 'y' } })).toBe('fail');
  });
});

describe('wildcards in label keys', () => {
  test('stand for the first key of the object that matches', () => {
    const pattern = { metadata: { labels: { 'app.*/team': '?*' } } };
    expect(status({ metadata: { labels: { 'app.io/team': 'a' } } }, pattern)).toBe('pass');
    expect(status({ metadata: { labels: { 'app.io/team': '' } } }, pattern)).toBe('fail');
    expect(status({ metadata: { labels: { other: 'a' } } }, pattern)).toBe('fail');
    expect(status({ metadata: {} }, pattern)).toBe('fail');
  });
});

describe('anyPattern', () => {
  test('one that passes is enough, and skips count only without failures', () => {
    expect(matchAnyPattern({ a: 1 }, [{ a: 2 }, { a: 1 }]).status).toBe('pass');
    expect(matchAnyPattern({ a: 1 }, [{ a: 2 }, { '(a)': 2 }]).status).toBe('fail');
    expect(matchAnyPattern({ a: 1 }, [{ '(a)': 2 }, { '(b)': 2 }]).status).toBe('skip');
  });
});

test('the limits policy of the best practices passes, fails and ignores the right pods', () => {
  const limits = { resources: { limits: { memory: '?*', cpu: '?*' } } };
  const pattern = { spec: { 'containers': [{ '(name)': '*', ...limits }], '=(initContainers)': [{ '(name)': '*', ...limits }] } };
  const good = { name: 'a', resources: { limits: { memory: '1Gi', cpu: 1 } } };
  const bad = { name: 'b', resources: { limits: { memory: '1Gi' } } };
  expect(status(pod(good), pattern)).toBe('pass');
  expect(status(pod(good, bad), pattern)).toBe('fail');
  expect(status({ spec: { containers: [good], initContainers: [bad] } }, pattern)).toBe('fail');
});
