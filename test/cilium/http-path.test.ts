import fc from 'fast-check';
import { HttpPath, HttpRule } from '../../src';
import { re2FullMatch } from '../../src/values/re2';

const segment = fc.stringMatching(/^[a-z0-9.+()$_-]{1,6}$/).filter(text => !/^\.{1,2}$/.test(text));
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map(segments => `/${segments.join('/')}`);
const query = fc.stringMatching(/^[a-z=&/?]{0,8}$/);

const matches = (from: HttpPath, target: string) => re2FullMatch(from.expression, target);

describe('HttpPath.prefix', () => {
  test('covers the path and everything below it, by whole segments, with any query', () => {
    fc.assert(fc.property(path, path, segment, query, (base, below, more, rest) => {
      const prefix = HttpPath.prefix(base);
      for (const target of [base, `${base}/`, `${base}${below}`, `${base}?${rest}`, `${base}${below}?${rest}`]) expect(matches(prefix, target)).toBe(true);
      for (const target of [`${base}${more}`, `/${more}${base}`, base.slice(0, -1)]) {
        expect(matches(prefix, target)).toBe(target === base || target.startsWith(`${base}/`));
      }
    }));
  });

  test('without query when told so', () => {
    const prefix = HttpPath.prefix('/v1', { query: false });
    expect([matches(prefix, '/v1/x'), matches(prefix, '/v1?x'), matches(prefix, '/v1/x?y')]).toEqual([true, false, false]);
  });

  test('of the root is everything', () => {
    expect(['/', '/a', '/a?b'].every(target => matches(HttpPath.prefix('/'), target))).toBe(true);
    expect(matches(HttpPath.prefix('/', { query: false }), '/a?b')).toBe(false);
  });

  test('takes a slash at the end for none', () => {
    expect(HttpPath.prefix('/api/v1/').expression).toBe(HttpPath.prefix('/api/v1').expression);
  });
});

describe('HttpPath.exact', () => {
  test('is that path with any query and no other', () => {
    fc.assert(fc.property(path, segment, query, (target, more, rest) => {
      const exact = HttpPath.exact(target);
      expect([matches(exact, target), matches(exact, `${target}?${rest}`)]).toEqual([true, true]);
      expect([matches(exact, `${target}/${more}`), matches(exact, `${target}${more}`), matches(exact, `${target}/`)]).toEqual([false, false, false]);
      expect(matches(HttpPath.exact(target, { query: false }), `${target}?${rest}`)).toBe(false);
    }));
  });
});

describe('what a path refuses', () => {
  test.each([
    ['no slash in front', () => HttpPath.prefix('api'), /HttpPath.prefix: path: given "api".*Write '\/api'/],
    ['a query', () => HttpPath.exact('/a?b=c'), /Leave out the query/],
    ['a dot segment', () => HttpPath.prefix('/a/../b'), /dot segments/],
    ['letters beyond ASCII, which clients encode', () => HttpPath.prefix('/käse'), /HttpPath.prefix: path: given "\/käse"; .*Write '\/k%C3%A4se'/],
    ['what need not be encoded', () => HttpPath.exact('/%61dmin%2D1'), /Write '\/admin-1'/],
    ['small letters in what is encoded', () => HttpPath.exact('/k%c3%a4se'), /Write '\/k%C3%A4se'/],
    ['an encoded slash', () => HttpPath.exact('/a%2Fb'), /Write '\/a\/b'/],
    ['a backslash', () => HttpPath.exact('/a\\b'), /Write '\/a\/b'/],
    ['a sign that no path holds', () => HttpPath.exact('/a|b'), /Write '\/a%7Cb'/],
    ['a percent sign alone', () => HttpPath.exact('/100%'), /Write '\/100%25'/],
    ['half of a letter', () => HttpPath.exact('/\ud800'), /Write '\/%EF%BF%BD'/],
    ['a double slash', () => HttpPath.exact('//a'), /double slash/],
    ['a glob', () => HttpPath.exact('/a/*'), /HttpPath.prefix for everything below/],
    ['an expression that does not compile', () => HttpPath.regex('*'), /no glob/],
    ['lookahead', () => HttpPath.raw('/(?!admin).*'), /no lookaround/],
    ['an anchor in front', () => HttpPath.regex('^/api/'), /Drop the anchors/],
    ['an anchor behind', () => HttpPath.regex('/api/.*$'), /Drop the anchors/],
    ['an expression that no target begins with', () => HttpPath.regex('api/.*'), /Put the slash in front/],
    ['a fragment', () => HttpPath.prefix('/a#b'), /Leave out the query and the fragment/],
    ['a blank', () => HttpPath.exact('/a b'), /no wildcard and no blank/],
    ['a dot segment at the end', () => HttpPath.exact('/a/.'), /dot segments/],
    ['an empty path', () => HttpPath.exact(''), /HttpPath.exact: path: given ""/],
    ['an empty expression', () => HttpPath.regex(''), /Put the slash in front/],
    ['an empty expression as it is, which Cilium takes for any path', () => HttpPath.raw(''), /HttpPath.raw: path: given "".*Cilium takes an empty one for any/],
    ['a back reference', () => HttpPath.raw('/(a)\\1'), /no back references/],
  ] as const)('%s', (_, make, message) => expect(make).toThrow(message));

  test('and takes near misses', () => {
    expect(() => [HttpPath.exact('/a/..b'), HttpPath.prefix('/'), HttpPath.raw('.*'), HttpPath.regex('/(?:a|b)')]).not.toThrow();
    expect(() => [HttpPath.prefix('/k%C3%A4se'), HttpPath.exact('/100%25'), HttpPath.exact('/a%20b'), HttpPath.exact('/a;b=1,2(~3)\'!$&+:@')]).not.toThrow();
    expect(() => [HttpPath.regex('/price/\\$'), HttpPath.regex('(/a|/b)/.*'), HttpPath.raw('^/api/v1/'), HttpPath.exact('/.well-known/x')]).not.toThrow();
  });
});

describe('HttpRule', () => {
  test('a gRPC call is a POST for service and method', () => {
    expect(HttpRule.grpc('grpc.health.v1.Health', 'Check')._render()).toMatchObject({ method: 'POST', path: '/grpc\\.health\\.v1\\.Health/Check' });
    const any = HttpRule.grpc('a.B')._path!;
    expect([matches(any, '/a.B/Get'), matches(any, '/a.B/Get/x'), matches(any, '/aXB/Get')]).toEqual([true, false, false]);
    const two = HttpRule.grpc('a.B', 'Put', 'Get')._path!;
    expect([matches(two, '/a.B/Get'), matches(two, '/a.B/Put'), matches(two, '/a.B/GetX')]).toEqual([true, true, false]);
  });

  test('a host matches with and without a port, and no other host', () => {
    const { host } = HttpRule.of({ host: 'api.example.com' })._render() as { host: string };
    expect(['api.example.com', 'api.example.com:8443', 'apiXexample.com', 'api.example.com.evil.org'].map(name => re2FullMatch(host, name)))
      .toEqual([true, true, false, false]);
  });

  test.each([
    ['nothing at all', () => HttpRule.of({}), /HttpRule.of: rule: given nothing.*HttpRule.any\(\)/],
    ['a method in lower case', () => HttpRule.of({ methods: ['get'] }), /Write 'GET'/],
    ['a host with scheme', () => HttpRule.of({ host: 'https://a.b' }), /HttpRule.of: host/],
    ['host twice', () => HttpRule.of({ host: 'a.b', hostRegex: 'a' }), /given host and hostRegex/],
    ['a header with a colon', () => HttpRule.of({ headers: ['X-A: b'] }), /Write 'X-A'/],
    ['a header match without value', () => HttpRule.of({ headerMatches: [{ name: 'X-A' }] }), /X-A with neither value nor secret.*use `headers`/],
    ['a header match with value and secret', () => HttpRule.of({ headerMatches: [{ name: 'X-A', value: 'v', secret: { name: 's' } }] }), /X-A with value and secret/],
    ['a header match with an empty value, which Cilium takes for any', () => HttpRule.of({ headerMatches: [{ name: 'X-A', value: '' }] }), /X-A with an empty value.*use `headers`/],
    ['a header match without name', () => HttpRule.of({ headerMatches: [{ name: '', value: 'v' }] }), /HttpRule.of: header: given ""/],
    ['a Secret without name', () => HttpRule.of({ headerMatches: [{ name: 'X-A', secret: { name: '' } }] }), /HttpRule.of: header secret: given ""/],
    ['an empty list of methods, which Cilium takes for any', () => HttpRule.of({ methods: [], host: 'a.b' }), /HttpRule.of: methods: given an empty list/],
    ['an empty expression for hosts, which Cilium takes for any', () => HttpRule.of({ hostRegex: '' }), /HttpRule.of: hostRegex: given ""/],
    ['an expression for hosts that does not compile', () => HttpRule.of({ hostRegex: '*.a.b' }), /HttpRule.of: hostRegex: given .*no glob/],
    ['a method that is a glob', () => HttpRule.of({ methods: ['*'] }), /HttpRule.of: method: given "\*"/],
    ['a gRPC path', () => HttpRule.grpc('/a.B'), /HttpRule.grpc: service/],
    ['a gRPC method with a slash', () => HttpRule.grpc('a.B', 'Get/x'), /HttpRule.grpc: method/],
  ] as const)('refuses %s', (_, make, message) => expect(make).toThrow(message));

  test('takes near misses', () => {
    const headerMatches = [{ name: 'X-A', value: 'v' }, { name: 'X-B', secret: { name: 's', namespace: 'certs' } }];
    expect(() => [HttpRule.of({ methods: ['GET', 'GET'], headerMatches }), HttpRule.of({ hostRegex: '.*\\.a\\.b' }), HttpRule.of({ headers: ['X-A'] })]).not.toThrow();
  });

  test('several methods are one expression, in one order', () => {
    const methods = (...given: string[]) => (HttpRule.of({ methods: given })._render() as { method: string }).method;
    expect([methods('PUT', 'GET', 'PUT'), methods('GET', 'PUT')]).toEqual(['GET|PUT', 'GET|PUT']);
    expect(['GET', 'PUT', 'GETS', 'POST'].map(method => re2FullMatch(methods('GET', 'PUT'), method))).toEqual([true, true, false, false]);
  });
});

test.each([['/api/v1'], [null], [undefined]])('%j in place of an HttpPath is refused: it would be every path', given => {
  expect(() => HttpRule.get(given as unknown as HttpPath)).toThrow(/HttpRule: path: .*HttpPath\.exact/);
});
