import { cnp } from './support/ask';
import { Cluster, diff, titleOf } from '../../src/reach';
import { namespace, pod } from '../support/reach';

const base = [namespace('shop'), pod('shop', { app: 'web' }, { name: 'web' })];
const limited = (...http: object[]) => Cluster.fromManifests([...base, cnp('shop', {
  endpointSelector: {}, ingress: [{ fromCIDR: ['192.0.2.0/24'], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http } }] }],
})]);

describe('requests of a limit', () => {
  test.each<[string, object[], object[], 'more' | 'less' | 'both' | 'none']>([
    ['a path under a prefix', [{ path: '/v1/.*' }], [{ path: '/v1/.*' }, { path: '/v1/a' }], 'none'],
    ['a prefix for a path', [{ path: '/v1/a' }], [{ path: '/v1/.*' }], 'more'],
    ['a header that is asked for', [{ path: '/a' }], [{ path: '/a', headers: ['X-Team: red'] }], 'less'],
    ['a host that is not asked for any more', [{ path: '/a', host: 'api' }], [{ path: '/a' }], 'more'],
    ['the path itself for what is below it', [{ path: '/v1/.*' }], [{ path: '/v1' }], 'both'],
    ['a method of two', [{ method: 'GET|HEAD', path: '/a' }], [{ method: 'GET', path: '/a' }], 'less'],
  ])('%s', (_, before, after, expected) => {
    const [change] = diff(limited(...before), limited(...after));
    const [more, less] = [change?.more.has('TCP', 80) ?? false, change?.less.has('TCP', 80) ?? false];
    expect({ more, less }).toEqual({ more: ['more', 'both'].includes(expected), less: ['less', 'both'].includes(expected) });
  });
});

test('an address that pods get or lose is told of the pods', () => {
  const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'api', namespace: 'shop' }, endpoints: [{ addresses: ['10.0.0.7'] }] };
  const api = (ip: string) => pod('shop', { app: 'api' }, { name: 'api', ip });
  expect(diff(Cluster.fromManifests([...base, slice, api('10.0.0.7')]), Cluster.fromManifests([...base, api('10.0.0.8')]))).toEqual([]);
});

describe('from one tenant to another', () => {
  const bank = pod('bank', { app: 'db' }, { name: 'db' });
  const traitsOf = (...labels: Record<string, string>[]) => {
    const objects = [pod('shop', { app: 'web' }, { name: 'web' }), bank, ...['shop', 'bank'].map((name, index) => namespace(name, labels[index]!))];
    const deny = cnp('bank', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] });
    return diff(Cluster.fromManifests([...objects, deny]), Cluster.fromManifests(objects))
      .find(({ from, to }) => from.type === 'workload' && to.type === 'workload')?.traits;
  };

  test.each<[string, Record<string, string>, Record<string, string>, boolean]>([
    ['by the label of the library', { 'platform.io/team': 'a' }, { 'platform.io/team': 'b' }, true],
    ['of one team', { 'platform.io/team': 'a' }, { 'platform.io/team': 'a' }, false],
    ['by the label of Flux', { 'toolkit.fluxcd.io/tenant': 'a' }, { 'platform.io/team': 'b' }, true],
    ['by name, where the platform cares for a namespace', { 'platform.io/managed': 'true' }, { 'platform.io/team': 'b' }, true],
    ['not where nothing tells', {}, { 'platform.io/team': 'b' }, false],
  ])('%s', (_, shop, other, crosses) => {
    expect(traitsOf(shop, other)?.includes('cross-tenant')).toBe(crosses);
  });
});

describe('IPv6', () => {
  const egress = (...items: object[]) => Cluster.fromManifests([...base, cnp('shop', { endpointSelector: {}, ingress: [{}], egress: items })]);
  const changed = (one: Cluster, other: Cluster) => diff(one, other).map(({ kind, from, to }) => `${kind} ${titleOf(from)} ${titleOf(to)}`);
  const on443 = { toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] };
  const v4 = 'shop/web[Pod] 0.0.0.0-255.255.255.255';
  const v6 = 'shop/web[Pod] ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';

  test('is told where it opens alone, though no policy names an address of it', () => {
    expect(changed(egress({ toCIDR: ['0.0.0.0/0'] }), egress({ toEntities: ['world'] }))).toEqual([`opened ${v6}`]);
    expect(changed(egress({ toEntities: ['world'] }), egress({ toCIDR: ['0.0.0.0/0'] }))).toEqual([`closed ${v6}`]);
    expect(changed(egress({ toCIDR: ['0.0.0.0/0'], ...on443 }), egress({ toEntities: ['world'] }))).toEqual([`changed ${v4}`, `opened ${v6}`]);
  });

  test('is told by IPv4 where both open alike', () => {
    expect(changed(egress({}), egress({ toEntities: ['world'] }))).toEqual([`opened ${v4}`]);
    const ping = { icmps: [{ fields: [{ family: 'IPv4', type: 8 }, { family: 'IPv6', type: 128 }] }] };
    expect(changed(egress({}), egress({ toEntities: ['world'], ...ping }))).toEqual([`opened ${v4}`]);
    expect(changed(egress({}), egress({ toEntities: ['world'], icmps: [{ fields: [{ family: 'IPv6', type: 128 }] }] }))).toEqual([`opened ${v6}`]);
  });

  test('is told where only some public addresses of IPv4 open with it, or families are asked for', () => {
    const most = egress({ toCIDRSet: [{ cidr: '0.0.0.0/0', except: ['203.0.113.0/24'] }] });
    expect(changed(most, egress({ toEntities: ['world'] }))).toEqual(['opened shop/web[Pod] 203.0.113.0-203.0.113.255', `opened ${v6}`]);
    expect(diff(egress({}), egress({ toEntities: ['world'] }), { families: [4, 6] })).toHaveLength(2);
  });
});

test('addresses for which the same policy did it share the reason, with the place where it is written', () => {
  const written = (object: object, file: string) => ({ object, source: { file, line: 1 } });
  const out = (...cidrs: string[]) => cnp('shop', { endpointSelector: {}, egress: [{ toCIDR: cidrs }] });
  const before = Cluster.fromManifests([...base, written(out('192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'), 'old.yaml')]);
  const changes = diff(before, Cluster.fromManifests([...base, written(out('203.0.113.0/24'), 'new.yaml')]));
  expect(changes.map(({ kind, to }) => `${kind} ${titleOf(to)}`)).toEqual(['closed 192.0.2.0-192.0.2.255', 'closed 198.51.100.0-198.51.100.255']);
  const [one, other] = changes.map(({ because }) => because.find(({ text }) => text.startsWith('before: ')));
  expect(one).toMatchObject({ text: expect.stringContaining('CiliumNetworkPolicy shop/p allows it'), effect: 'allows', source: { file: 'old.yaml' } });
  expect(other).toBe(one);
});
