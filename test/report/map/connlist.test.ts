import { linesOf } from './support/draw';
import { HOSTILE } from './support/hostile';
import type { PlatformFacts } from '../../../src/reach';
import { cnp, policy, workload } from '../../reach/support/ask';

const calico: PlatformFacts = { cni: 'calico' };
const web = workload('Deployment', 'shop', 'web', { app: 'web' });
const db = workload('StatefulSet', 'data', 'db', { app: 'db' });
const lines = (objects: readonly object[], target: PlatformFacts = calico) => linesOf(objects, { target }).lines;
const about = (app: string, namespace: string, spec: object) => policy(namespace, { podSelector: { matchLabels: { app } }, ...spec });
const closed = (namespace: string) => policy(namespace, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'closed');
const intoDb = (...ports: object[]) => [
  web, db, closed('data'), policy('shop', { podSelector: {}, policyTypes: ['Ingress'] }),
  about('db', 'data', { ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } }], ports }] }),
];

test('a line for each pair: everything between those whom no policy is about', () => {
  expect(lines([web, db])).toEqual([
    '0.0.0.0-255.255.255.255 => data/db[StatefulSet] : All Connections',
    '0.0.0.0-255.255.255.255 => shop/web[Deployment] : All Connections',
    'data/db[StatefulSet] => 0.0.0.0-255.255.255.255 : All Connections',
    'data/db[StatefulSet] => shop/web[Deployment] : All Connections',
    'shop/web[Deployment] => 0.0.0.0-255.255.255.255 : All Connections',
    'shop/web[Deployment] => data/db[StatefulSet] : All Connections',
  ]);
});

test.each<[string, object[], string]>([
  ['a port', [{ port: 80 }], 'TCP 80'],
  ['protocols in their order, whatever that of the rule', [{ port: 53, protocol: 'UDP' }, { port: 80 }, { port: 9, protocol: 'SCTP' }], 'SCTP 9,TCP 80,UDP 53'],
  ['ranges, sorted', [{ port: 443, endPort: 445 }, { port: 80 }], 'TCP 80,443-445'],
  ['neighbours as one range', [{ port: 80 }, { port: 81 }, { port: 82, endPort: 90 }], 'TCP 80-90'],
  ['a protocol as a whole', [{ protocol: 'SCTP' }, { port: 80 }, { port: 53, protocol: 'UDP' }], 'SCTP 1-65535,TCP 80,UDP 53'],
  ['all three as a whole', [{ protocol: 'SCTP' }, { protocol: 'TCP' }, { protocol: 'UDP' }], 'All Connections'],
  ['two as a whole', [{ protocol: 'TCP' }, { protocol: 'UDP' }], 'TCP 1-65535,UDP 1-65535'],
  ['no port at all', [], 'All Connections'],
])('connections: %s', (_name, ports, expected) => {
  expect(lines(intoDb(...ports)).filter(line => line.startsWith('shop/web[Deployment] => data'))).toEqual([`shop/web[Deployment] => data/db[StatefulSet] : ${expected}`]);
});

test('pairs of which nothing passes have no line', () => {
  expect(lines([web, db, closed('shop'), closed('data')])).toEqual([]);
});

test('a workload of several pods has no line to itself', () => {
  expect(lines([web]).filter(line => /^(.*) => \1 /.test(line))).toEqual([]);
});

const inner = (cidr: string, except: string[] = []) => ({ ipBlock: { cidr, ...except.length > 0 ? { except } : {} } });

test('addresses are split where rules of their direction mention some, and never meet', () => {
  const egress = about('web', 'shop', { policyTypes: ['Egress', 'Ingress'], egress: [{ to: [inner('0.0.0.0/0', ['10.0.0.0/8'])], ports: [{ port: 443 }] }] });
  expect(lines([web, egress])).toEqual([
    'shop/web[Deployment] => 0.0.0.0-9.255.255.255 : TCP 443',
    'shop/web[Deployment] => 11.0.0.0-255.255.255.255 : TCP 443',
  ]);
});

test('an address that ingress names splits nobody who is called', () => {
  const ingress = about('web', 'shop', { ingress: [{ from: [inner('203.0.113.7/32')], ports: [{ port: 443 }] }] });
  expect(lines([web, ingress])).toEqual([
    '203.0.113.7-203.0.113.7 => shop/web[Deployment] : TCP 443',
    'shop/web[Deployment] => */*[Pods] : All Connections',
    'shop/web[Deployment] => 0.0.0.0-255.255.255.255 : All Connections',
  ]);
});

test('the whole of IPv4 is covered once, split by nested and neighbouring blocks alike', () => {
  const from = ['10.0.0.0/8', '10.1.0.0/16', '11.0.0.0/8', '255.255.255.255/32', '0.0.0.0/32'].map(cidr => inner(cidr));
  const found = lines([web, about('web', 'shop', { ingress: [{ from }, { from: [inner('0.0.0.0/0')], ports: [{ port: 22 }] }] })])
    .filter(line => /^\d/.test(line)).map(line => line.slice(0, line.indexOf(' ')).split('-').map(number))
    .sort(([a], [b]) => a! - b!);
  const starts = ['0.0.0.0', '0.0.0.1', '10.0.0.0', '10.1.0.0', '10.2.0.0', '11.0.0.0', '12.0.0.0', '255.255.255.255'].map(number);
  expect(found).toEqual(starts.map((start, index) => [start, (starts[index + 1] ?? 2 ** 32) - 1]));
});

const number = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

test('addresses of IPv6 have no line', () => {
  const found = lines([web, about('web', 'shop', { ingress: [{ from: [inner('2001:db8::/32')] }], policyTypes: ['Ingress', 'Egress'] })]);
  expect(found).toEqual([]);
});

test('entities, nodes and DNS names have no line', () => {
  const dns = workload('Deployment', 'kube-system', 'coredns', { 'k8s-app': 'kube-dns' });
  const resolve = {
    toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
    toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: [{ matchPattern: '*' }] } }],
  };
  const egress = [resolve, { toFQDNs: [{ matchName: 'example.com' }] }, { toEntities: ['kube-apiserver', 'remote-node'] }];
  const objects = [web, dns, cnp('shop', { endpointSelector: {}, ingress: [{ fromEntities: ['host'] }], egress })];
  const found = linesOf(objects);
  expect(found.lines.filter(line => line.includes('shop/web'))).toEqual(['shop/web[Deployment] => kube-system/coredns[Deployment] : UDP 53']);
  expect(found.unlisted.count('perhaps')).toBe(0);
  expect(found.unlisted.count('ends')).toBeGreaterThan(2);
});

test('what passes with some requests only, passes, and is counted', () => {
  const http = [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET', path: '/' }] } }];
  const found = linesOf([web, db, cnp('data', { endpointSelector: {}, ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'shop' } }], toPorts: http }] })]);
  expect(found.lines).toContain('shop/web[Deployment] => data/db[StatefulSet] : TCP 80');
  expect(found.unlisted.lines('table')).toEqual([
    'in part: 1 pair of which the line does not tell requests, other protocols, or what passes perhaps; --format table shows it\n',
  ]);
});

test('ICMP has no word, and is counted', () => {
  const icmp = { icmps: [{ fields: [{ type: 8, family: 'IPv4' }] }] };
  const port = { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] };
  const found = (...rules: object[]) => {
    const ingress = rules.map(rule => ({ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'shop' } }], ...rule }));
    const { lines: all, unlisted } = linesOf([web, db, cnp('data', { endpointSelector: {}, ingress })]);
    return [all.find(line => line.startsWith('shop/web[Deployment] => data')), unlisted.count('protocols'), unlisted.count('partly')];
  };
  expect(found(icmp)).toEqual([undefined, 1, 0]);
  expect(found(icmp, port)).toEqual(['shop/web[Deployment] => data/db[StatefulSet] : TCP 80', 0, 1]);
  expect(found(port)).toEqual(['shop/web[Deployment] => data/db[StatefulSet] : TCP 80', 0, 0]);
});

test('what only perhaps passes has no line, and is counted', () => {
  const toTeam = policy('shop', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: { matchLabels: { team: 'x' } } }] }] });
  const toDb = 'shop/web[Deployment] => data/db[StatefulSet] : All Connections';
  // Nobody knows the labels of a Namespace that is not in the set.
  const open = linesOf([web, db, toTeam], { target: calico });
  expect(open.lines).not.toContain(toDb);
  expect(open.unlisted.count('perhaps')).toBe(1);
  const known = linesOf([web, db, toTeam, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'data', labels: { team: 'x' } } }], { target: calico });
  expect(known.lines).toContain(toDb);
  expect(known.unlisted.count('perhaps')).toBe(0);
});

test('pods that a policy means and the set does not have are ends like workloads', () => {
  const ingress = [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } }, podSelector: { matchLabels: { app: 'prometheus' } } }], ports: [{ port: 9090 }] }];
  expect(lines([web, about('web', 'shop', { ingress, policyTypes: ['Ingress', 'Egress'] })])).toEqual(['monitoring/app=prometheus[Pods] => shop/web[Deployment] : TCP 9090']);
});

test('hostile names stay in their line', () => {
  const objects = HOSTILE.map(name => workload('Deployment', 'shop', name, { app: 'web' }));
  const found = lines(objects);
  // Each to each other, from any address and to any.
  expect(found).toHaveLength(HOSTILE.length * (HOSTILE.length - 1) + 2 * HOSTILE.length);
  expect(found.filter(line => !/^\S.* => .* : All Connections$/.test(line) || /[\p{Cc}\u2028\u202e]/u.test(line))).toEqual([]);
});

test('the order of the objects changes nothing', () => {
  const objects = intoDb({ port: 80 }, { port: 53, protocol: 'UDP' });
  expect(lines([...objects].reverse())).toEqual(lines(objects));
});
