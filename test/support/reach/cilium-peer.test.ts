import { namespace, pod, Reach } from '../reach';
import type { Flow, ReachOptions } from '../reach';

const world = [
  namespace('x'),
  namespace('y', { team: 'blue' }),
  pod('x', { app: 'a' }, { name: 'a' }),
  pod('x', { app: 'b' }, { name: 'b', serviceAccount: 'robot', ip: '10.0.0.2' }),
  pod('x', { app: 'c' }, { name: 'c' }),
  pod('y', { app: 'c' }, { name: 'c', ip: '10.0.0.3' }),
  pod('y', { 'app': 'c', 'io.cilium.k8s.policy.cluster': 'west' }, { name: 'west' }),
  pod('y', { app: 'c' }, { name: 'on-host', hostNetwork: true }),
  {
    kind: 'Node',
    metadata: { name: 'n1', labels: { role: 'edge' } },
    status: { addresses: [{ type: 'InternalIP', address: '192.168.1.1' }] },
  },
  { kind: 'CiliumCIDRGroup', metadata: { name: 'office', labels: { zone: 'hq' } }, spec: { externalCIDRs: ['198.51.100.0/24'] } },
  { kind: 'Service', metadata: { name: 'c', namespace: 'y', labels: { pub: 'yes' } }, spec: { selector: { app: 'c' } } },
  { kind: 'Service', metadata: { name: 'legacy', namespace: 'x' }, spec: {} },
  {
    kind: 'EndpointSlice',
    metadata: { name: 'legacy-1', namespace: 'x', labels: { 'kubernetes.io/service-name': 'legacy' } },
    endpoints: [{ addresses: ['203.0.113.9', '10.0.0.2'] }],
  },
];

type Case = [name: string, item: object, peer: string, matches: boolean, options?: ReachOptions];
type Scope = 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy';

/** Whether x/a, selected by a policy with one item, may call the peer (`to...`) or be called by it (`from...`). */
function matches(item: object, peer: string, options?: ReachOptions, kind: Scope = 'CiliumNetworkPolicy', subject: object = {}): boolean {
  const egress = Object.keys(item).some((field) => field.startsWith('to') && field !== 'toPorts');
  const policy = {
    apiVersion: 'cilium.io/v2',
    kind,
    metadata: { name: 'p', ...(kind === 'CiliumNetworkPolicy' && { namespace: 'x' }) },
    spec: { endpointSelector: { matchLabels: { app: 'a', ...subject } }, [egress ? 'egress' : 'ingress']: [item] },
  };
  const flow: Flow = { ...(egress ? { from: 'x/a', to: peer } : { from: peer, to: 'x/a' }), port: 443 };
  return new Reach([...world, policy], options).allows(flow);
}

const endpoints = (matchLabels: Record<string, string>) => ({ fromEndpoints: [{ matchLabels }] });
const exists = (key: string) => ({ fromEndpoints: [{ matchExpressions: [{ key, operator: 'Exists' }] }] });
const NS = 'io.kubernetes.pod.namespace';
const TEAM = 'io.cilium.k8s.namespace.labels.team';

const selectors: Case[] = [
  ['a selector takes the own namespace', endpoints({ app: 'b' }), 'x/b', true],
  ['and no other', endpoints({ app: 'c' }), 'y/c', false],
  ['an empty one takes the own namespace', { fromEndpoints: [{}] }, 'x/b', true],
  ['and no other', { fromEndpoints: [{}] }, 'y/c', false],
  ['and nothing outside', { fromEndpoints: [{}] }, 'ip:1.2.3.4', false],
  ['a namespace in the selector takes that one', endpoints({ [`k8s:${NS}`]: 'y' }), 'y/c', true],
  ['without a source too', endpoints({ [NS]: 'y' }), 'y/c', true],
  ['by expression too', exists(`k8s:${NS}`), 'y/c', true],
  ['a label of the namespace takes all that have it', endpoints({ [`k8s:${TEAM}`]: 'blue' }), 'y/c', true],
  ['and no others', endpoints({ [`k8s:${TEAM}`]: 'blue' }), 'x/b', false],
  ['k8s: is the source of pod labels', endpoints({ 'k8s:app': 'b' }), 'x/b', true],
  ['any: is any source', endpoints({ 'any:app': 'b' }), 'x/b', true],
  ['another source is none', endpoints({ 'container:app': 'b' }), 'x/b', false],
  ['a service account is a label', endpoints({ 'k8s:io.cilium.k8s.policy.serviceaccount': 'robot' }), 'x/b', true],
  ['of its own', endpoints({ 'k8s:io.cilium.k8s.policy.serviceaccount': 'default' }), 'x/b', false],
  ['a reserved label is left alone', exists('reserved:host'), 'entity:remote-node', false],
  ['and takes its endpoint', exists('reserved:health'), 'entity:health', true],
  ['a pod on the host network is no endpoint', endpoints({ [`k8s:${NS}`]: 'y' }), 'y/on-host', false],
  ['before 1.19 a selector takes all clusters', endpoints({ [NS]: 'y' }), 'y/west', true],
  ['since 1.19 this one only', endpoints({ [NS]: 'y' }), 'y/west', false, { ciliumVersion: '1.19' }],
  ['unless it says which', endpoints({ [NS]: 'y', 'io.cilium.k8s.policy.cluster': 'west' }), 'y/west', true, { ciliumVersion: '1.19' }],
  ['this one has a name', endpoints({ 'io.cilium.k8s.policy.cluster': 'east' }), 'x/b', true, { clusterName: 'east' }],
];

const from = (entity: string) => ({ fromEntities: [entity] });
const entities: Case[] = [
  ['all is pods', from('all'), 'y/c', true],
  ['all is outside', from('all'), 'ip:1.2.3.4', true],
  ['none is nobody', from('none'), 'y/c', false],
  ['world is outside', from('world'), 'ip:2001:db8::1', true],
  ['world is no pod', from('world'), 'y/c', false],
  ['world is no node', from('world'), 'entity:remote-node', false],
  ['cluster is pods', from('cluster'), 'y/c', true],
  ['cluster is nodes', from('cluster'), 'entity:remote-node', true],
  ['cluster is health', from('cluster'), 'entity:health', true],
  ['cluster is the API server', from('cluster'), 'entity:kube-apiserver', true],
  ['cluster is not outside', from('cluster'), 'ip:1.2.3.4', false],
  ['cluster is no pod of another cluster', from('cluster'), 'y/west', false],
  ['remote-node is pods on the host network', from('remote-node'), 'y/on-host', true],
  ['remote-node is nodes', from('remote-node'), 'node:n1', true],
  ['remote-node is not the local one', { toEntities: ['remote-node'] }, 'entity:host', false],
  ['host is the local one', { toEntities: ['host'] }, 'entity:host', true],
  ['kube-apiserver', { toEntities: ['kube-apiserver'] }, 'entity:kube-apiserver', true],
  ['ingress', from('ingress'), 'entity:ingress', true],
  ['init', from('init'), 'entity:init', true],
  ['unmanaged', from('unmanaged'), 'entity:unmanaged', true],
  ['health is not ingress', from('health'), 'entity:ingress', false],
];

const cidrSet = (...toCIDRSet: object[]) => ({ toCIDRSet });
const addresses: Case[] = [
  ['a CIDR takes its addresses', { toCIDR: ['203.0.113.0/24'] }, 'ip:203.0.113.7', true],
  ['and no others', { toCIDR: ['203.0.113.0/24'] }, 'ip:203.0.114.7', false],
  ['from outside too', { fromCIDR: ['203.0.113.0/24'] }, 'ip:203.0.113.7', true],
  ['a bare address is itself', { toCIDR: ['203.0.113.7'] }, 'ip:203.0.113.7', true],
  ['and nothing else', { toCIDR: ['2001:db8::7'] }, 'ip:2001:db8::8', false],
  ['never pods', { toCIDR: ['10.0.0.0/8'] }, 'x/b', false],
  ['but with the mode and 1.20', { toCIDR: ['10.0.0.0/8'] }, 'x/b', true, { cidrMatchMode: ['pods'], ciliumVersion: '1.20' }],
  ['not before', { toCIDR: ['10.0.0.0/8'] }, 'x/b', false, { cidrMatchMode: ['pods'], ciliumVersion: '1.19' }],
  ['never nodes', { toCIDR: ['192.168.0.0/16'] }, 'node:n1', false],
  ['but with the mode', { toCIDR: ['192.168.0.0/16'] }, 'node:n1', true, { cidrMatchMode: ['nodes'] }],
  ['0.0.0.0/0 is the world', { toCIDR: ['0.0.0.0/0'] }, 'entity:world', true],
  ['and no node since 1.19, whatever the mode', { toCIDR: ['0.0.0.0/0'] }, 'node:n1', false, { cidrMatchMode: ['nodes'], ciliumVersion: '1.19' }],
  ['except carves out', cidrSet({ cidr: '203.0.113.0/24', except: ['203.0.113.7/32'] }), 'ip:203.0.113.7', false],
  ['of its own entry only', cidrSet({ cidr: '203.0.113.0/24', except: ['203.0.113.7/32'] }, { cidr: '203.0.113.7/32' }), 'ip:203.0.113.7', true],
  ['a group takes its addresses', cidrSet({ cidrGroupRef: 'office' }), 'ip:198.51.100.1', true],
  ['except carves out of a group', cidrSet({ cidrGroupRef: 'office', except: ['198.51.100.0/30'] }), 'ip:198.51.100.1', false],
  ['a missing group takes nothing', cidrSet({ cidrGroupRef: 'home' }), 'ip:198.51.100.1', false],
  ['groups are selected by labels', cidrSet({ cidrGroupSelector: { matchLabels: { zone: 'hq' } } }), 'ip:198.51.100.1', true],
  ['of their own', cidrSet({ cidrGroupSelector: { matchLabels: { zone: 'lab' } } }), 'ip:198.51.100.1', false],
];

const service = (k8sService: object) => ({ toServices: [{ k8sService }] });
const services: Case[] = [
  ['a service is the pods behind it', service({ serviceName: 'c', namespace: 'y' }), 'y/c', true],
  ['and no other pods', service({ serviceName: 'c', namespace: 'y' }), 'y/on-host', false],
  ['nor such pods elsewhere', service({ serviceName: 'c', namespace: 'y' }), 'x/c', false],
  ['in any namespace unless told', service({ serviceName: 'c' }), 'y/c', true],
  ['a service that selects nothing is the addresses of its slices', service({ serviceName: 'legacy' }), 'ip:203.0.113.9', true],
  ['and no pods', service({ serviceName: 'legacy' }), 'x/b', false],
  ['an unknown service is nobody', service({ serviceName: 'nope' }), 'y/c', false],
  ['by labels', { toServices: [{ k8sServiceSelector: { selector: { matchLabels: { pub: 'yes' } }, namespace: 'y' } }] }, 'y/c', true],
  ['of their own', { toServices: [{ k8sServiceSelector: { selector: { matchLabels: { pub: 'no' } }, namespace: 'y' } }] }, 'y/c', false],
];

const nodes: Case[] = [
  ['a node selector takes nodes by label', { fromNodes: [{ matchLabels: { role: 'edge' } }] }, 'node:n1', true],
  ['and no others', { fromNodes: [{ matchLabels: { role: 'core' } }] }, 'node:n1', false],
  ['never the local one', { toNodes: [{}] }, 'entity:host', false],
  ['never pods', { toNodes: [{}] }, 'x/b', false],
];

describe('peers of a CiliumNetworkPolicy', () => {
  // The rest parameter keeps jest from taking a fifth one for its callback.
  test.each([...selectors, ...entities, ...addresses, ...services, ...nodes])('%s', (...[, item, peer, expected, options]: Case) => {
    expect(matches(item, peer, options)).toBe(expected);
  });

  test('an unknown entity is an error', () => {
    expect(() => matches({ fromEntities: ['moon'] }, 'x/b')).toThrow('entity moon is unknown to Cilium');
  });
});

describe('peers of a CiliumClusterwideNetworkPolicy', () => {
  test.each([
    ['an empty selector takes pods of any namespace', { fromEndpoints: [{}] }, 'y/c', true],
    ['and nothing outside', { fromEndpoints: [{}] }, 'entity:world', false],
    ['nor nodes', { fromEndpoints: [{}] }, 'entity:remote-node', false],
    ['nor the health endpoint', { fromEndpoints: [{}] }, 'entity:health', false],
    ['a label takes it in any namespace', endpoints({ app: 'c' }), 'y/c', true],
    ['a service of any namespace', service({ serviceName: 'c' }), 'y/c', true],
  ])('%s', (_, item, peer, expected) => {
    expect(matches(item, peer, undefined, 'CiliumClusterwideNetworkPolicy')).toBe(expected);
  });

  test('for endpoints that start, an empty selector takes everything', () => {
    const policy = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumClusterwideNetworkPolicy',
      metadata: { name: 'p' },
      spec: { endpointSelector: { matchLabels: { 'reserved:init': '' } }, egress: [{ toEndpoints: [{}] }] },
    };
    expect(new Reach([...world, policy]).allows({ from: 'entity:init', to: 'ip:1.2.3.4', port: 443 })).toBe(true);
  });
});

describe('names', () => {
  const dns = (selector: object) => ({
    toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } }],
    toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [selector] } }],
  });
  const policy = (egress: object[], app = 'a') => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: `p-${app}`, namespace: 'x' },
    spec: { endpointSelector: { matchLabels: { app } }, egress },
  });
  const names = (selector: object) => ({ toFQDNs: [selector] });
  const calls = (...policies: object[]) => new Reach([...world, ...policies]).allows({ from: 'x/a', to: 'fqdn:api.example.com', port: 443 });

  test('are reached when the same pods may ask for them', () => {
    expect(calls(policy([names({ matchName: 'api.example.com' }), dns({ matchPattern: '*' })]))).toBe(true);
    expect(calls(policy([names({ matchName: 'api.example.com' })]), policy([dns({ matchPattern: '*.example.com' })]))).toBe(true);
  });

  test('are not reached without a rule for DNS, or with one for other names or other pods', () => {
    expect(calls(policy([names({ matchName: 'api.example.com' })]))).toBe(false);
    expect(calls(policy([names({ matchName: 'api.example.com' }), dns({ matchName: 'other.io' })]))).toBe(false);
    expect(calls(policy([names({ matchName: 'api.example.com' })]), policy([dns({ matchPattern: '*' })], 'b'))).toBe(false);
  });

  test('are reached where another rule lets the same resolver be asked for anything', () => {
    const resolver = pod('kube-system', { 'k8s-app': 'kube-dns' });
    const limited = policy([names({ matchName: 'api.example.com' }), dns({ matchName: 'other.io' })]);
    const besides = (...toPorts: object[]) => policy([{ toEndpoints: dns({}).toEndpoints, toPorts }]);
    expect(calls(resolver, limited, besides({ ports: [{ port: '53', protocol: 'UDP' }] }))).toBe(true);
    expect(calls(resolver, limited, besides({ ports: [{ port: '9153', protocol: 'TCP' }] }))).toBe(false);
    expect(calls(resolver, limited)).toBe(false);
  });

  test('are no other names, pods or nodes', () => {
    const reach = new Reach([...world, policy([names({ matchPattern: '*.example.com' }), dns({ matchPattern: '*' })])]);
    const peers = ['fqdn:api.example.com', 'fqdn:example.com', 'x/b', 'entity:remote-node', 'ip:1.2.3.4'];
    expect(peers.map((to) => reach.allows({ from: 'x/a', to, port: 443 }))).toEqual([true, false, false, false, false]);
  });
});
