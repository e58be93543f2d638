import { ccnp, cnp } from './support/ask';
import { Cluster, diff, type PlatformFacts, titleOf } from '../../src/reach';
import { shown } from '../../src/report/diff/shown';
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

test('everybody outside is one end, whatever addresses matter to others', () => {
  const open = pod('shop', { app: 'open' }, { name: 'open' });
  const others = [...base, cnp('shop', { endpointSelector: { matchLabels: { app: 'web' } }, ingress: [{ fromCIDR: ['203.0.113.0/24'] }] })];
  const changes = shown(diff(Cluster.fromManifests(others), Cluster.fromManifests([...others, open])));
  const outside = changes.filter(({ traits }) => traits.includes('from-world') || traits.includes('to-world'));
  expect(outside.map(({ from, to, because }) => [from, to, because.map(({ text }) => text)])).toEqual([
    ['world', 'shop/open[Pod]', ['no policy isolates shop/open[Pod] for ingress']],
    ['shop/open[Pod]', 'world', ['no policy isolates shop/open[Pod] for egress']],
  ]);
});

test('addresses of IPv6 are told as such', () => {
  const deny = ccnp({ endpointSelector: {}, enableDefaultDeny: { egress: false, ingress: false }, egressDeny: [{ toCIDR: ['2001:db8::/32', '198.51.100.0/24'] }] });
  const ends = shown(diff(Cluster.fromManifests([deny]), Cluster.fromManifests([deny, ...base]))).map(({ to }) => to).filter(to => to.includes('/') && !to.includes('['));
  expect(ends).toEqual(['any address except 198.51.100.0/24', '::/0 except 2001:db8::/32']);
});

test('an address that pods get or lose is told of the pods', () => {
  const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'api', namespace: 'shop' }, endpoints: [{ addresses: ['10.0.0.7'] }] };
  const api = (ip: string) => pod('shop', { app: 'api' }, { name: 'api', ip });
  expect(diff(Cluster.fromManifests([...base, slice, api('10.0.0.7')]), Cluster.fromManifests([...base, api('10.0.0.8')]))).toEqual([]);
});

describe('who is no longer isolated', () => {
  const web = pod('shop', { app: 'web' }, { name: 'web' });
  const toWorld = cnp('shop', { endpointSelector: {}, egress: [{ toEntities: ['world'] }] }, 'to-world');
  const fromWorld = cnp('shop', { endpointSelector: {}, ingress: [{ fromEntities: ['world'] }] }, 'from-world');
  const opened = (before: object[], after: object[]) => diff(Cluster.fromManifests(before), Cluster.fromManifests(after))
    .filter(({ more }) => !more.isEmpty()).map(({ from, to }) => `${titleOf(from)} => ${titleOf(to)}`);

  test.each<[string, object[], object[], string]>([
    ['calls every pod, and not only the world as before', [web, toWorld, fromWorld], [web, fromWorld], 'shop/web[Pod] => */*[Pods]'],
    ['is called by every pod', [web, toWorld, fromWorld], [web, toWorld], '*/*[Pods] => shop/web[Pod]'],
    ['calls every pod, be it cut off from the world besides', [
      web, cnp('shop', { endpointSelector: {}, egress: [{ toEndpoints: [{}] }] }, 'inside'), cnp('shop', { endpointSelector: {}, egressDeny: [{ toEntities: ['world'] }] }, 'deny'),
    ], [web, cnp('shop', { endpointSelector: {}, egressDeny: [{ toEntities: ['world'] }], enableDefaultDeny: { egress: false } }, 'deny')], 'shop/web[Pod] => */*[Pods]'],
  ])('%s', (_, before, after, expected) => {
    expect(opened(before, after)).toContain(expected);
    expect(opened(after, before)).not.toContain(expected);
  });
});

describe('from one tenant to another', () => {
  const bank = pod('bank', { app: 'db' }, { name: 'db' });
  const traitsOf = (...labels: Record<string, string>[]) => {
    const objects = [pod('shop', { app: 'web' }, { name: 'web' }), bank, ...['shop', 'bank'].map((name, index) => namespace(name, labels[index]!))];
    const deny = cnp('bank', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] });
    return diff(Cluster.fromManifests([...objects, deny]), Cluster.fromManifests(objects))
      .find(({ from, to }) => titleOf(from).startsWith('shop/') && titleOf(to).startsWith('bank/'))?.traits;
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

  test.each<[string, object[], boolean | undefined]>([
    ['a namespace that is not in the set may be that of another', [namespace('bank', { 'platform.io/team': 'b' })], true],
    ['nobody knows of two namespaces that are not in the set', [], false],
    ['a namespace of no tenant is nobody\'s', [namespace('bank', {})], false],
  ])('%s', (_, spaces, crosses) => {
    const objects = [pod('shop', { app: 'web' }, { name: 'web' }), bank, ...spaces];
    const deny = cnp('bank', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] });
    const changes = diff(Cluster.fromManifests([...objects, deny]), Cluster.fromManifests(objects));
    const between = (source: string, destination: string) => changes
      .find(({ from, to }) => titleOf(from) === `${source}[Pod]` && titleOf(to) === `${destination}[Pod]`)?.traits.includes('cross-tenant');
    expect(between('shop/web', 'bank/db')).toBe(crosses);
    const shut = cnp('shop', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] });
    const other = diff(Cluster.fromManifests([...objects, shut]), Cluster.fromManifests(objects));
    expect(other.find(({ from, to }) => titleOf(from) === 'bank/db[Pod]' && titleOf(to) === 'shop/web[Pod]')?.traits.includes('cross-tenant')).toBe(crosses);
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

describe('the host firewall', () => {
  const target = { cni: 'cilium', cilium: { version: '1.18', hostFirewall: true } };
  const firewall = (...ingress: object[]) => ccnp({ nodeSelector: {}, ingress }, 'nodes');
  const opened = (before: object[], after: object[], facts: PlatformFacts = target) => diff(...[before, after].map(policies => (
    Cluster.fromManifests([pod('shop', { app: 'web' }, { name: 'web' }), ...policies], { target: facts }))) as [Cluster, Cluster])
    .map(({ kind, from, to }) => `${kind} ${titleOf(from)} => ${titleOf(to)}`).filter(line => line.includes('node'));

  test('that is taken away opens nodes to the world', () => {
    expect(opened([firewall({ fromEntities: ['cluster'] })], [])).toContain('opened 0.0.0.0-255.255.255.255 => remote-node');
  });

  test('is told port by port, and of the addresses that it names', () => {
    const ssh = { fromCIDR: ['203.0.113.0/24'], toPorts: [{ ports: [{ port: '22', protocol: 'TCP' }] }] };
    expect(opened([firewall({ fromEntities: ['cluster'] })], [firewall({ fromEntities: ['cluster'] }, ssh)])).toEqual(['opened 203.0.113.0-203.0.113.255 => remote-node']);
  });

  test('is none where the agents have it off', () => {
    expect(opened([firewall({ fromEntities: ['cluster'] })], [], { cni: 'cilium', cilium: { version: '1.18', hostFirewall: false } })).toEqual([]);
  });
});

test('a label that a Namespace without workloads gets opens what selectors mean by it', () => {
  const letIn = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'shop' },
    spec: {
      podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: { matchLabels: { access: 'yes' } }, podSelector: { matchLabels: { app: 'job' } } }] }],
    },
  };
  const set = (labels: Record<string, string>) => Cluster.fromManifests([pod('shop', { app: 'web' }, { name: 'web' }), namespace('foo', labels), letIn]);
  const lines = (one: Cluster, other: Cluster) => diff(one, other).map(({ kind, from, to }) => `${kind} ${titleOf(from)} => ${titleOf(to)}`);
  expect(lines(set({}), set({ access: 'yes' }))).toEqual(['opened foo/app=job[Pods] => shop/web[Pod]']);
  expect(lines(set({ access: 'yes' }), set({}))).toEqual(['closed foo/app=job[Pods] => shop/web[Pod]']);
  expect(lines(set({}), set({ team: 'x' }))).toEqual([]);
});

test('nobody who is held back by a policy of his own stands for others in a comparison', () => {
  const web = pod('shop', { app: 'web' }, { name: 'web' });
  const closed = (name: string, podSelector: object) => ({
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' }, spec: { podSelector, policyTypes: ['Ingress', 'Egress'] },
  });
  const own = closed('web', { matchLabels: { app: 'web' } });
  const changes = diff(Cluster.fromManifests([web, own, closed('deny', {})]), Cluster.fromManifests([web, own]));
  expect(changes.map(({ kind, from, to }) => `${kind} ${titleOf(from)} => ${titleOf(to)}`)).toContain('opened shop/*[Pods] => */*[Pods]');
  expect(diff(Cluster.fromManifests([web, own, closed('deny', {})]), Cluster.fromManifests([web, closed('deny', {})]))).toEqual([]);
});
