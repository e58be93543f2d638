import { pod, Reach } from '../reach';
import type { Flow, ReachOptions } from '../reach';
import { dnsMatches, dnsPatternMatches } from './dns-name';

const world = [pod('x', { app: 'a' }, { name: 'a' }), pod('x', { app: 'b' }, { name: 'b' })];

function policy(direction: 'ingress' | 'egress', portRule: object, more: object = {}): object {
  const item = { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], ...portRule }] };
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'p', namespace: 'x' },
    spec: { endpointSelector: { matchLabels: { app: 'a' } }, [direction]: [item], ...more },
  };
}

const asks = (policies: object[], flow: Partial<Flow>, options?: ReachOptions) =>
  new Reach([...world, ...policies], options).allows({ from: 'x/b', to: 'x/a', port: 80, ...flow });

describe('HTTP rules', () => {
  test.each<[string, object, Flow['http'], boolean]>([
    ['a path matches as a whole', { path: '^/api/v1/' }, { path: '/api/v1/' }, true],
    ['and nothing below it', { path: '^/api/v1/' }, { path: '/api/v1/users' }, false],
    ['unless the pattern says so', { path: '/api/v1/.*' }, { path: '/api/v1/users' }, true],
    ['an alternative does not escape the anchors', { path: '/a|/b' }, { path: '/a/b' }, false],
    ['the query is part of the path', { path: '/public' }, { path: '/public?x=1' }, false],
    ['and may be allowed', { path: '/public(\\?.*)?' }, { path: '/public?x=1' }, true],
    ['case counts', { path: '/public' }, { path: '/Public' }, false],
    ['RE2 flags work', { path: '(?i)/public' }, { path: '/Public' }, true],
    ['an empty path is any', { path: '' }, { path: '/any' }, true],
    ['an empty rule is any request', {}, { method: 'DELETE', path: '/any' }, true],
    ['a method matches as a whole', { method: 'GET' }, { method: 'GETX' }, false],
    ['or one of several', { method: 'GET|HEAD' }, { method: 'HEAD' }, true],
    ['a request is a GET of / unless told', { method: 'GET', path: '/' }, {}, true],
    ['fields are ANDed', { method: 'GET', path: '/a' }, { method: 'POST', path: '/a' }, false],
    ['a host matches with its port', { host: 'api.io' }, { host: 'api.io:8080' }, false],
    ['and without', { host: 'api[.]io(:[0-9]+)?' }, { host: 'api.io:8080' }, true],
    ['a header has its value', { headers: ['X-A: one two'] }, { headers: { 'x-a': 'one two' } }, true],
    ['and no other', { headers: ['X-A: one'] }, { headers: { 'X-A': 'two' } }, false],
    ['a header without value is present', { headers: ['X-A'] }, { headers: { 'X-A': 'two' } }, true],
    ['or not', { headers: ['X-A'] }, { headers: { 'X-B': 'two' } }, false],
    ['a header match has its value', { headerMatches: [{ name: 'X-A', value: '1' }] }, { headers: { 'x-a': '1' } }, true],
    ['or refuses', { headerMatches: [{ name: 'X-A', value: '1' }] }, { headers: { 'x-a': '2' } }, false],
    ['without value it asks for presence', { headerMatches: [{ name: 'X-A' }] }, {}, false],
    ['with an action it lets through', { headerMatches: [{ name: 'X-A', value: '1', mismatch: 'REPLACE' }] }, {}, true],
    ['dot segments are removed', { path: '/api/admin' }, { path: '/api/v1/../admin' }, true],
    ['so they escape no prefix', { path: '/api/v1/.*' }, { path: '/api/v1/../admin' }, false],
    ['at the end too', { path: '/api/' }, { path: '/api/v1/..' }, true],
    ['nor above the root', { path: '/a' }, { path: '/../a' }, true],
    ['slashes are merged', { path: '/api/v1' }, { path: '//api///v1' }, true],
    ['escaped ones are slashes', { path: '/api/v1' }, { path: '/api%2Fv1' }, true],
    ['escaped dots are dots', { path: '/admin' }, { path: '/public/%2e%2E/admin' }, true],
    ['what needs no escape is as without it', { path: '/admin-1_~' }, { path: '/%61dmin%2D1%5f%7e' }, true],
    ['what needs one stays', { path: '/a b' }, { path: '/a%20b' }, false],
    ['the query stays as it is', { path: '/a\\?u=//b/\\.\\./c' }, { path: '/./a?u=//b/../c' }, true],
  ])('%s', (_, rule, http, allowed) => {
    expect(asks([policy('ingress', { rules: { http: [rule] } })], { http })).toBe(allowed);
  });

  test('are ORed', () => {
    const rules = { http: [{ path: '/a' }, { path: '/b' }] };
    expect(['/a', '/b', '/c'].map((path) => asks([policy('ingress', { rules })], { http: { path } }))).toEqual([true, true, false]);
  });

  test('see the path as sent when the agent does not normalise', () => {
    const rules = { http: [{ path: '/api/v1/.*' }] };
    expect(asks([policy('ingress', { rules })], { http: { path: '/api/v1/../admin' } }, { normalizePath: false })).toBe(true);
  });

  test('an empty list looks at nothing', () => {
    expect(asks([policy('ingress', { rules: { http: [] } })], { http: { path: '/any' } })).toBe(true);
  });

  test('are void beside a plain allow of the same port', () => {
    const restricted = policy('ingress', { rules: { http: [{ path: '/a' }] } });
    expect(asks([restricted, policy('ingress', {})], { http: { path: '/b' } })).toBe(true);
    expect(asks([restricted, policy('ingress', { ports: [{ port: '81' }] })], { http: { path: '/b' } })).toBe(false);
  });

  test('deny nothing where nothing isolates', () => {
    const visible = policy('ingress', { rules: { http: [{ path: '/a' }] } }, { enableDefaultDeny: { ingress: false } });
    expect(asks([visible], { http: { path: '/b' } })).toBe(true);
    expect(asks([visible, policy('ingress', { ports: [{ port: '81' }] })], { http: { path: '/b' } })).toBe(false);
  });

  test('leave the connection itself open, and a verdict says so', () => {
    const reach = new Reach([...world, policy('ingress', { rules: { http: [{ path: '/a' }] } })]);
    const flow = { from: 'x/b', to: 'x/a', port: 80 };
    expect(reach.verdict(flow).why[1]).toBe('ingress: CiliumNetworkPolicy x/p ingress[0] allows some requests');
    expect(reach.verdict({ ...flow, http: { path: '/b' } }).why.slice(1)).toEqual([
      'ingress: CiliumNetworkPolicy x/p ingress[0] allows other requests only',
      'ingress: CiliumNetworkPolicy x/p isolates and nothing allows',
    ]);
  });

  test('do not apply to the local node', () => {
    expect(asks([policy('ingress', { rules: { http: [{ path: '/a' }] } })], { from: 'entity:host', http: { path: '/b' } })).toBe(true);
  });

  test('a header from a secret is an error, never a verdict', () => {
    const rules = { http: [{ headerMatches: [{ name: 'X-A', secret: { name: 's' } }] }] };
    expect(() => asks([policy('ingress', { rules })], { http: {} })).toThrow('compared with a secret');
  });
});

describe('other requests', () => {
  test.each<[string, object, Partial<Flow>, boolean]>([
    ['DNS asks for a name', { rules: { dns: [{ matchName: 'a.io' }] } }, { dns: 'A.io.' }, true],
    ['and no other', { rules: { dns: [{ matchName: 'a.io' }] } }, { dns: 'b.io' }, false],
    ['DNS rules let no HTTP through', { rules: { dns: [{ matchName: 'a.io' }] } }, { http: {} }, false],
    ['HTTP rules let no DNS through', { rules: { http: [{}] } }, { dns: 'a.io' }, false],
    ['a plain port lets any name through', {}, { dns: 'b.io' }, true],
    ['a server name is presented', { serverNames: ['a.io'] }, { sni: 'a.io' }, true],
    ['or refused', { serverNames: ['a.io'] }, { sni: 'b.io' }, false],
    ['or missing', { serverNames: ['*'] }, { sni: '' }, false],
    ['one label for a star', { serverNames: ['*.a.io'] }, { sni: 'x.y.a.io' }, false],
    ['server name and request are ANDed', { serverNames: ['a.io'], rules: { http: [{ path: '/a' }] } }, { sni: 'a.io', http: {} }, false],
    ['Kafka topics match', { rules: { kafka: [{ role: 'produce', topic: 't' }] } }, { kafka: { role: 'produce', topic: 't' } }, true],
    ['and no others', { rules: { kafka: [{ topic: 't' }] } }, { kafka: { topic: 'u' } }, false],
  ])('%s', (_, portRule, flow, allowed) => {
    expect(asks([policy('egress', portRule)], { from: 'x/a', to: 'x/b', ...flow })).toBe(allowed);
  });
});

describe('DNS names', () => {
  test.each([
    ['*', 'any.thing.io', true, true],
    ['**', 'any.thing.io', true, true],
    ['*.', 'any.thing.io', true, true],
    ['*.x.io', 'a.x.io', true, true],
    ['*.x.io', 'x.io', false, false],
    ['*.x.io', 'a.b.x.io', false, false],
    ['*x.io', 'x.io', true, true],
    ['*x.io', 'foox.io', true, true],
    ['*x.io', 'www.x.io', false, false],
    ['api-*.x.io', 'API-1.X.io.', true, true],
    ['api-*.x.io', 'api-1.2.x.io', false, false],
    ['a.*.io', 'a.b.io', true, true],
    ['a.x.io', 'azx.io', false, false],
    ['**.x.io', 'a.x.io', true, true],
    ['**.x.io', 'a.b.x.io', false, true],
    ['**.x.io', 'x.io', false, false],
    ['a**.x.io', 'ab.x.io', true, true],
  ])('%s and %s: %s before 1.19, %s since', (pattern, name, before, since) => {
    expect([dnsPatternMatches(pattern, name, false), dnsPatternMatches(pattern, name, true)]).toEqual([before, since]);
  });

  test('a selector without a name matches nothing', () => {
    expect(dnsMatches({}, 'x.io', true)).toBe(false);
  });
});
