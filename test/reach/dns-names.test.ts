import { ask, cnp, policy, workload } from './support/ask';
import { compareReach } from '../../src/jest/reach-only';
import { Cluster, diff, titleOf, type Verdict } from '../../src/reach';

const api = workload('Deployment', 'shop', 'api', { app: 'api' });
const resolver = { toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } }] };
const on = (port: string, protocol: string, rules?: object) => ({ toPorts: [{ ports: [{ port, protocol }], rules }] });
const dns = (...names: object[]) => ({ ...resolver, ...on('53', 'UDP', { dns: names }) });
const outOf = (...egress: object[]) => cnp('shop', { endpointSelector: {}, egress });
const toName = (name: string, objects: object[]): Verdict => ask([api, ...objects], { from: 'shop/api', to: name, port: 443 }).verdict;

describe('beside a rule for names, one without any', () => {
  const names = outOf(dns({ matchName: 'a.com' }), { toFQDNs: [{ matchName: 'a.com' }, { matchName: 'b.com' }] });
  const beside = (...egress: object[]) => cnp('shop', { endpointSelector: {}, egress }, 'beside');

  test.each<[string, object, Verdict]>([
    ['for the same resolver', beside({ ...resolver, ...on('53', 'ANY') }), 'depends'],
    ['for the same resolver on any port', beside(resolver), 'depends'],
    ['for all pods of its namespace', beside({ toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system' } }] }), 'depends'],
    ['for anybody', policy('shop', { podSelector: {}, egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] }), 'depends'],
    ['on another port', beside({ ...resolver, ...on('9153', 'TCP') }), 'denied'],
    ['on the same port, over another protocol', beside({ ...resolver, ...on('53', 'TCP') }), 'denied'],
    ['for others', beside({ toEndpoints: [{}], ...on('53', 'UDP') }), 'denied'],
    ['for the own node', beside({ toEntities: ['host'] }), 'denied'],
    ['that is a rule for other names', beside(dns({ matchName: 'c.com' })), 'denied'],
  ])('%s', (_name, more, expected) => {
    expect(toName('b.com', [names, more])).toBe(expected);
    expect(toName('a.com', [names, more])).toBe('allowed');
  });

  test('is seen by a gate, and in a diff', () => {
    const [before, after] = [[api, names], [api, names, beside({ ...resolver, ...on('53', 'UDP') })]].map(objects => Cluster.fromManifests(objects, { target: {} }));
    expect(diff(before!, after!).map(({ kind, to }) => `${kind} ${titleOf(to)}`)).toContain('opened b.com');
    expect(compareReach(after!, { from: 'shop/api', to: { 'a.com': 'any' } }).more.map(({ to }) => to)).toContain('b.com');
  });

  test.each<[string, object, object, Verdict]>([
    ['an address in the world', { toCIDR: ['9.9.9.9/32'] }, { toEntities: ['world'] }, 'depends'],
    ['an address in a block', { toCIDR: ['9.9.9.9/32'] }, { toCIDR: ['9.9.9.0/24'] }, 'depends'],
    ['an address beside a block', { toCIDR: ['9.9.9.9/32'] }, { toCIDR: ['1.1.1.0/24'] }, 'denied'],
    ['the own node', { toEntities: ['host'] }, { toEntities: ['cluster'] }, 'depends'],
  ])('where the resolver is %s', (_name, where, open, expected) => {
    const asked = { ...where, ...on('53', 'UDP', { dns: [{ matchName: 'a.com' }] }) };
    expect(toName('b.com', [outOf(asked, { toFQDNs: [{ matchName: 'b.com' }], ...on('443', 'TCP') }, { ...open, ...on('53', 'UDP') })])).toBe(expected);
  });
});

describe('patterns of names', () => {
  const both = (asked: object, ...reached: object[]) => [outOf(dns(asked), ...reached.map(one => ({ toFQDNs: [one] })))];

  test.each<[string, string, object, object, Verdict]>([
    ['crossing what may be asked for', 'api-*.example.com', { matchPattern: '*-eu.example.com' }, { matchPattern: 'api-*.example.com' }, 'depends'],
    ['within what may be asked for', 'api-*.example.com', { matchPattern: '*.example.com' }, { matchPattern: 'api-*.example.com' }, 'allowed'],
    ['beside what may be asked for', 'api-*.example.com', { matchPattern: 'web-*.example.com' }, { matchPattern: 'api-*.example.com' }, 'denied'],
    ['crossing what may be reached', 'api-*.example.com', { matchPattern: '*' }, { matchPattern: '*-eu.example.com' }, 'depends'],
    ['wider than its letters tell', '*.example.com', { matchPattern: 'a*.example.com' }, { matchPattern: '*.example.com' }, 'denied'],
    ['a name of both', 'api-1-eu.example.com', { matchPattern: '*-eu.example.com' }, { matchPattern: 'api-*.example.com' }, 'allowed'],
    ['a name of one', 'api-1-us.example.com', { matchPattern: '*-eu.example.com' }, { matchPattern: 'api-*.example.com' }, 'denied'],
  ])('%s: %s', (_name, name, asked, reached, expected) => {
    expect(toName(name, both(asked, reached))).toBe(expected);
  });

  test.each<[string, object, object, Verdict]>([
    ['may be reached where patterns cross', { matchPattern: '*-eu.example.com' }, { matchPattern: 'api-*.example.com' }, 'depends'],
    ['and where a name is in the pattern', { matchName: 'api-1.example.com' }, { matchPattern: 'api-*.example.com' }, 'depends'],
    ['and are never learnt where nothing is', { matchPattern: 'web-*.example.com' }, { matchPattern: 'api-*.example.com' }, 'denied'],
  ])('their addresses %s', (_name, asked, reached, expected) => {
    expect(toName('203.0.113.7', both(asked, reached))).toBe(expected);
  });

  test('that cross are seen in a diff, and by a gate', () => {
    const asked = { matchPattern: '*-eu.example.com' };
    const [before, after] = [both(asked), both(asked, { matchPattern: 'api-*.example.com' })].map(objects => Cluster.fromManifests([api, ...objects], { target: {} }));
    expect(diff(before!, after!).map(({ kind, to }) => `${kind} ${titleOf(to)}`)).toEqual(['opened api-*.example.com']);
    expect(compareReach(after!, { from: 'shop/api', to: { 'kube-system/k8s-app=kube-dns[Pods]': '53/udp' } }).more.map(({ to }) => to)).toContain('api-*.example.com');
  });
});

describe('a name under a deny', () => {
  const world = outOf(dns({ matchPattern: '*' }), { toEntities: ['world'] });
  const denying = (...egressDeny: object[]) => cnp('shop', { endpointSelector: {}, egressDeny }, 'deny');

  test.each<[string, object, Verdict]>([
    ['of every address of IPv4 may be reached by IPv6', { toCIDR: ['0.0.0.0/0'] }, 'depends'],
    ['of some addresses may have another', { toCIDR: ['203.0.113.0/24'] }, 'depends'],
    ['of every address is denied', { toCIDR: ['0.0.0.0/0', '::/0'] }, 'denied'],
    ['of the world is denied', { toEntities: ['world'] }, 'denied'],
  ])('%s', (_name, deny, expected) => {
    expect(toName('api.example.com', [world, denying(deny)])).toBe(expected);
  });
});
