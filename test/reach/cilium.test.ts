import { ask, ccnp, cnp, policy } from './support/ask';
import { Cluster, type ManifestOptions, type Question, type Verdict } from '../../src/reach';
import { namespace, pod } from '../support/reach';

const NS = 'io.kubernetes.pod.namespace';
const TEAM = 'io.cilium.k8s.namespace.labels.team';

const world = [
  namespace('x', { team: 'red' }),
  namespace('y', { team: 'blue' }),
  pod('x', { app: 'a' }, { name: 'a', ip: '10.0.0.1', ports: [{ name: 'http', containerPort: 8080 }] }),
  pod('x', { app: 'b' }, { name: 'b', ip: '10.0.0.2', serviceAccount: 'robot' }),
  pod('y', { app: 'b' }, { name: 'b', ip: '10.0.1.2', ports: [{ name: 'http', containerPort: 9090 }] }),
  pod('y', { app: 'b' }, { name: 'on-host', hostNetwork: true }),
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels: { role: 'edge' } }, status: { addresses: [{ address: '192.168.1.1' }] } },
  { apiVersion: 'cilium.io/v2', kind: 'CiliumCIDRGroup', metadata: { name: 'office', labels: { zone: 'hq' } }, spec: { externalCIDRs: ['198.51.100.0/24'] } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'b', namespace: 'y', labels: { pub: 'yes' } }, spec: { selector: { app: 'b' } } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'legacy', namespace: 'x' }, spec: {} },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'legacy-1', namespace: 'x', labels: { 'kubernetes.io/service-name': 'legacy' } },
    endpoints: [{ addresses: ['203.0.113.9', '10.0.0.2'] }],
  },
];
/** Pods of another cluster of the mesh. */
const WEST = 'y/app=b,io.cilium.k8s.policy.cluster=west[Pods]';
const a = { matchLabels: { app: 'a' } };
const about = (lists: object, selector: object = a) => cnp('x', { endpointSelector: selector, ...lists });
const cilium = (version: string, agent: object = {}): ManifestOptions => ({ target: { cni: 'cilium', cilium: { version, ...agent } } });

type Ask = Partial<Question> & Pick<Question, 'from' | 'to'>;
type Case = [name: string, objects: object[], question: Ask, expected: Verdict, options?: ManifestOptions];

const IN: Ask = { from: 'x/b', to: 'x/a' };
const OUT: Ask = { from: 'x/a', to: 'x/b' };
const check = (...[, objects, question, expected, options]: Case) =>
  expect(ask([...world, ...objects], question, options).verdict).toBe(expected);

describe('default deny', () => {
  test.each<Case>([
    ['an absent list leaves the direction alone', [about({ egress: [{}] })], IN, 'allowed'],
    ['and so does an empty one', [about({ ingress: [], egress: [{}] })], IN, 'allowed'],
    ['an empty item isolates and allows nothing', [about({ ingress: [{}] })], IN, 'denied'],
    ['an empty selector lets in endpoints', [about({ ingress: [{ fromEndpoints: [{}] }] })], IN, 'allowed'],
    ['a list of denies isolates as well', [about({ ingressDeny: [{ fromEntities: ['world'] }] })], IN, 'denied'],
    ['unless enableDefaultDeny is false', [about({ ingressDeny: [{ fromEntities: ['world'] }], enableDefaultDeny: { ingress: false } })], IN, 'allowed'],
    ['where a deny still denies', [about({ ingressDeny: [{ fromEndpoints: [{}] }], enableDefaultDeny: { ingress: false } })], IN, 'denied'],
    ['enableDefaultDeny without an item isolates nobody', [about({ egress: [{}], enableDefaultDeny: { ingress: true } })], IN, 'allowed'],
    ['false is no help where another policy isolates', [
      about({ ingressDeny: [{ fromEntities: ['world'] }], enableDefaultDeny: { ingress: false } }), policy('x', { podSelector: {} }, 'deny'),
    ], IN, 'denied'],
    ['a rule for requests denies none where nothing isolates', [
      about({ ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }] }], enableDefaultDeny: { ingress: false } }),
    ], { ...IN, http: { method: 'POST' } }, 'allowed'],
    ['and some where another policy does', [
      about({ ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }] }], enableDefaultDeny: { ingress: false } }),
      policy('x', { podSelector: {} }, 'deny'),
    ], { ...IN, http: { method: 'POST' } }, 'denied'],
  ])('%s', (...one: Case) => check(...one));
});

const web = [{ ports: [{ port: '80', protocol: 'TCP' }] }];

describe('the peers of an item', () => {
  test.each<Case>([
    ['none, and ports: anybody', [about({ ingress: [{ toPorts: web }] })], { from: '203.0.113.7', to: 'x/a' }, 'allowed'],
    ['an empty list, and ports: nobody', [about({ ingress: [{ fromEndpoints: [], toPorts: web }] })], IN, 'denied'],
    ['an empty list of names, and ports: anybody', [about({ egress: [{ toFQDNs: [], toPorts: web }] })], OUT, 'allowed'],
    ['peers without ports: any port', [about({ ingress: [{ fromEndpoints: [{}] }] })], { ...IN, port: 9999, protocol: 'SCTP' }, 'allowed'],
    ['and ICMP', [about({ ingress: [{ fromEndpoints: [{}] }] })], { ...IN, port: 8, protocol: 'ICMP' }, 'allowed'],
  ])('%s', (...one: Case) => check(...one));
});

const port = (...ports: object[]) => about({ ingress: [{ toPorts: [{ ports }] }] });

describe('the ports of an item', () => {
  test.each<Case>([
    ['port 0 of any protocol is everything', [port({ port: '0' })], { ...IN, port: 8, protocol: 'ICMP' }, 'allowed'],
    ['port 0 of TCP is any of TCP', [port({ port: '0', protocol: 'TCP' })], { ...IN, port: 65535 }, 'allowed'],
    ['and none of UDP', [port({ port: '0', protocol: 'TCP' })], { ...IN, protocol: 'UDP' }, 'denied'],
    ['no protocol is TCP', [port({ port: '80' })], IN, 'allowed'],
    ['and UDP', [port({ port: '80' })], { ...IN, protocol: 'UDP' }, 'allowed'],
    ['and SCTP where the agents have it on', [port({ port: '80', protocol: 'ANY' })], { ...IN, protocol: 'SCTP' }, 'allowed', cilium('1.18', { sctp: true })],
    ['which they have not by themselves', [port({ port: '80', protocol: 'ANY' })], { ...IN, protocol: 'SCTP' }, 'denied'],
    ['and never ICMP', [port({ port: '80', protocol: 'ANY' })], { ...IN, port: 80, protocol: 'ICMP' }, 'denied'],
    ['a range has its last port', [port({ port: '80', endPort: 90, protocol: 'TCP' })], { ...IN, port: 90 }, 'allowed'],
    ['and not the one after', [port({ port: '80', endPort: 90, protocol: 'TCP' })], { ...IN, port: 91 }, 'denied'],
    ['a name is the number at the subject, for ingress', [port({ port: 'http', protocol: 'TCP' })], { ...IN, port: 8080 }, 'allowed'],
    ['at the destination, for egress', [about({ egress: [{ toEntities: ['cluster'], toPorts: [{ ports: [{ port: 'http' }] }] }] })], { from: 'x/a', to: 'y/b', port: 9090 }, 'allowed'],
    ['and not at the subject', [about({ egress: [{ toEntities: ['cluster'], toPorts: [{ ports: [{ port: 'http' }] }] }] })], { from: 'x/a', to: 'y/b', port: 8080 }, 'denied'],
    ['a name that nobody gave is no port', [port({ port: 'grpc' })], { ...IN, port: 8080 }, 'denied'],
    ['icmps allow their type', [about({ ingress: [{ icmps: [{ fields: [{ type: 8 }] }] }] })], { ...IN, port: 8, protocol: 'ICMP' }, 'allowed'],
    ['by name too', [about({ ingress: [{ icmps: [{ fields: [{ type: 'EchoRequest' }] }] }] })], { ...IN, port: 8, protocol: 'ICMP' }, 'allowed'],
    ['of their family', [about({ ingress: [{ icmps: [{ fields: [{ type: 128, family: 'IPv6' }] }] }] })], { ...IN, port: 128, protocol: 'ICMPv6' }, 'allowed'],
    ['and not of the other', [about({ ingress: [{ icmps: [{ fields: [{ type: 8 }] }] }] })], { ...IN, port: 8, protocol: 'ICMPv6' }, 'denied'],
    ['and no ports', [about({ ingress: [{ icmps: [{ fields: [{ type: 8 }] }] }] })], IN, 'denied'],
  ])('%s', (...one: Case) => check(...one));
});

const allowAll = policy('x', { podSelector: {}, ingress: [{}], egress: [{}] }, 'open');

describe('denies and authentication', () => {
  test.each<Case>([
    ['a deny beats an allow of any kind', [allowAll, about({ ingressDeny: [{ fromEndpoints: [{}] }] })], IN, 'denied'],
    ['on its ports only', [allowAll, about({ ingressDeny: [{ fromEndpoints: [{}], toPorts: web }] })], { ...IN, port: 81 }, 'allowed'],
    ['for its peers only', [allowAll, about({ ingressDeny: [{ fromEntities: ['world'] }] })], IN, 'allowed'],
    ['a deny of everybody without ports matches nobody', [allowAll, about({ ingressDeny: [{}] })], IN, 'allowed'],
    ['a deny of a cluster-wide policy likewise', [allowAll, ccnp({ endpointSelector: {}, egressDeny: [{ toEntities: ['cluster'] }] })], OUT, 'denied'],
    ['a node that is denied does not reach its own pod', [about({ ingressDeny: [{ fromEntities: ['host'] }] })], { from: 'host', to: 'x/a' }, 'denied'],
    ['allows of several kinds add up', [policy('x', { podSelector: {} }), about({ ingress: [{ fromEndpoints: [{}] }] })], IN, 'allowed'],
    ['a required authentication is a condition', [about({ ingress: [{ fromEndpoints: [{}], authentication: { mode: 'required' } }] })], IN, 'depends'],
    ['one that always fails lets nobody in', [about({ ingress: [{ fromEndpoints: [{}], authentication: { mode: 'test-always-fail' } }] })], IN, 'denied'],
    ['and none beside an allow without', [about({ ingress: [{ fromEndpoints: [{}], authentication: { mode: 'required' } }, { fromEndpoints: [{}] }] })], IN, 'allowed'],
  ])('%s', (...one: Case) => check(...one));
});

const by = (selector: object) => about({ ingress: [{ fromEndpoints: [selector] }] });
const wide = (selector: object) => ccnp({ endpointSelector: a, ingress: [{ fromEndpoints: [selector] }] });
const exists = (key: string) => ({ matchExpressions: [{ key, operator: 'Exists' }] });
const fromY: Ask = { from: 'y/b', to: 'x/a' };
const fromWest: Ask = { from: WEST, to: 'x/a' };

describe('selectors of endpoints', () => {
  test.each<Case>([
    ['mean the own namespace', [by({ matchLabels: { app: 'b' } })], IN, 'allowed'],
    ['and no other', [by({ matchLabels: { app: 'b' } })], fromY, 'denied'],
    ['nor the world when empty', [by({})], { from: '203.0.113.7', to: 'x/a' }, 'denied'],
    ['another namespace when they name it', [by({ matchLabels: { [`k8s:${NS}`]: 'y' } })], fromY, 'allowed'],
    ['without a source too', [by({ matchLabels: { [NS]: 'y' } })], fromY, 'allowed'],
    ['every namespace by an expression', [by(exists(`k8s:${NS}`))], fromY, 'allowed'],
    ['namespaces by their labels', [by({ matchLabels: { [`k8s:${TEAM}`]: 'blue' } })], fromY, 'allowed'],
    ['and no others', [by({ matchLabels: { [`k8s:${TEAM}`]: 'blue' } })], IN, 'denied'],
    ['every namespace in a cluster-wide policy', [wide({})], fromY, 'allowed'],
    ['but pods only', [wide({})], { from: 'remote-node', to: 'x/a' }, 'denied'],
    ['not even by what they lack', [wide({ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] })], { from: '203.0.113.7', to: 'x/a' }, 'denied'],
    ['reserved identities as they are written', [by({ matchLabels: { 'reserved:ingress': '' } })], { from: 'ingress', to: 'x/a' }, 'allowed'],
    ['the world by its reserved label', [by({ matchLabels: { 'reserved:world': '' } })], { from: '203.0.113.7', to: 'x/a' }, 'allowed'],
    ['labels of Kubernetes with their source', [by({ matchLabels: { 'k8s:app': 'b' } })], IN, 'allowed'],
    ['or of any', [by({ matchLabels: { 'any:app': 'b' } })], IN, 'allowed'],
    ['and not of another', [by({ matchLabels: { 'container:app': 'b' } })], IN, 'denied'],
    ['a service account', [by({ matchLabels: { 'k8s:io.cilium.k8s.policy.serviceaccount': 'robot' } })], IN, 'allowed'],
    ['pods of every cluster up to 1.18', [wide({ matchLabels: { app: 'b' } })], fromWest, 'allowed', cilium('1.18')],
    ['of the own one since 1.19', [wide({ matchLabels: { app: 'b' } })], fromWest, 'denied', cilium('1.19')],
    ['unless they name another', [wide({ matchLabels: { 'k8s:io.cilium.k8s.policy.cluster': 'west' } })], fromWest, 'allowed', cilium('1.19')],
    ['never what is left out of identities', [by(exists('pod-template-hash'))], IN, 'denied'],
  ])('%s', (...one: Case) => check(...one));
});

describe('the subject', () => {
  const open = { ingress: [{}] };
  test.each<Case>([
    ['is of the own namespace', [about(open, {})], { from: 'x/a', to: 'y/b' }, 'allowed'],
    ['all of it when the selector is empty', [about(open, {})], { from: 'y/b', to: 'x/b' }, 'denied'],
    ['also where its labels name another', [about(open, { matchLabels: { [`k8s:${NS}`]: 'y' } })], IN, 'denied'],
    ['nobody where an expression wants another', [about(open, { matchExpressions: [{ key: `k8s:${NS}`, operator: 'In', values: ['y'] }] })], IN, 'allowed'],
    ['everybody in a cluster-wide policy', [ccnp({ endpointSelector: {}, ...open })], { from: 'x/a', to: 'y/b' }, 'denied'],
    ['the health endpoint too', [ccnp({ endpointSelector: {}, ...open })], { from: 'remote-node', to: 'health' }, 'denied'],
    ['not pods of the host network', [ccnp({ endpointSelector: {}, ...open })], { from: 'x/a', to: 'y/on-host' }, 'allowed'],
    ['a node with the host firewall', [ccnp({ nodeSelector: { matchLabels: { role: 'edge' } }, ...open })], { from: 'x/a', to: 'node:n1' }, 'denied', cilium('1.18', { hostFirewall: true })],
    ['and not without', [ccnp({ nodeSelector: { matchLabels: { role: 'edge' } }, ...open })], { from: 'x/a', to: 'node:n1' }, 'allowed', cilium('1.18', { hostFirewall: false })],
    ['which is a condition where nobody said', [ccnp({ nodeSelector: {}, ...open })], { from: 'x/a', to: 'node:n1' }, 'depends'],
  ])('%s', (...one: Case) => check(...one));
});

describe('entities', () => {
  const rows: [entity: string, from: string, expected: Verdict][] = [
    ['all', 'x/b', 'allowed'], ['all', '203.0.113.7', 'allowed'], ['all', 'remote-node', 'allowed'],
    ['world', '203.0.113.7', 'allowed'], ['world', '2001:db8::1', 'allowed'], ['world', 'api.example.com', 'allowed'], ['world', 'x/b', 'denied'],
    ['world', 'remote-node', 'denied'], ['remote-node', 'remote-node', 'allowed'], ['remote-node', 'node:n1', 'allowed'],
    ['remote-node', 'y/on-host', 'allowed'], ['host', 'y/on-host', 'depends'], ['remote-node', 'x/b', 'denied'],
    ['kube-apiserver', 'kube-apiserver', 'allowed'], ['kube-apiserver', 'node:n1', 'depends'], ['kube-apiserver', '203.0.113.7', 'denied'],
    ['remote-node', 'kube-apiserver', 'depends'], ['world', 'kube-apiserver', 'depends'],
    ['cluster', 'x/b', 'allowed'], ['cluster', 'y/on-host', 'allowed'], ['cluster', 'remote-node', 'allowed'], ['cluster', 'kube-apiserver', 'allowed'],
    ['cluster', 'health', 'allowed'], ['cluster', 'ingress', 'allowed'], ['cluster', 'init', 'allowed'], ['cluster', 'unmanaged', 'allowed'],
    ['cluster', '203.0.113.7', 'denied'], ['cluster', WEST, 'denied'],
    ['ingress', 'ingress', 'allowed'], ['health', 'health', 'allowed'], ['init', 'init', 'allowed'], ['unmanaged', 'unmanaged', 'allowed'], ['ingress', 'health', 'denied'],
    ['none', 'x/b', 'denied'], ['none', '203.0.113.7', 'denied'],
  ];
  test.each(rows)('%s lets in %s: %s', (entity, from, expected) => {
    expect(ask([...world, about({ ingress: [{ fromEntities: [entity] }] })], { from, to: 'x/a' }).verdict).toBe(expected);
  });

  test('host is the own node, which is let in anyway, and may be called only where it is allowed', () => {
    expect(ask([...world, about({ ingress: [{}] })], { from: 'host', to: 'x/a' }).verdict).toBe('allowed');
    expect(ask([...world, about({ egress: [{}] })], { from: 'x/a', to: 'host' }).verdict).toBe('denied');
    expect(ask([...world, about({ egress: [{ toEntities: ['host'] }] })], { from: 'x/a', to: 'host' }).verdict).toBe('allowed');
  });
});

const to = (item: object) => about({ egress: [item] });
const dns = (rule: object) => ({ toEntities: ['cluster'], toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: [rule] } }] });
const call = (place: string): Ask => ({ from: 'x/a', to: place, port: 443 });

describe('addresses, names and services', () => {
  test.each<Case>([
    ['a CIDR is the addresses outside', [to({ toCIDR: ['203.0.113.0/24'] })], call('203.0.113.7'), 'allowed'],
    ['a single address too', [to({ toCIDR: ['203.0.113.7'] })], call('203.0.113.7'), 'allowed'],
    ['never a pod', [to({ toCIDR: ['10.0.0.0/8'] })], call('x/b'), 'denied'],
    ['unless the agent says so', [to({ toCIDR: ['10.0.0.0/8'] })], call('x/b'), 'allowed', cilium('1.20', { cidrMatchesPods: true })],
    ['never a node', [to({ toCIDR: ['192.168.0.0/16'] })], call('node:n1'), 'denied'],
    ['unless the agent says so here too', [to({ toCIDR: ['192.168.0.0/16'] })], call('node:n1'), 'allowed', cilium('1.18', { cidrMatchesNodes: true })],
    ['where since 1.19 the CIDR of everything leaves nodes out', [to({ toCIDR: ['0.0.0.0/0'] })], call('node:n1'), 'denied', cilium('1.19', { cidrMatchesNodes: true })],
    ['everything is the world', [to({ toCIDR: ['0.0.0.0/0'] })], call('world'), 'allowed'],
    ['a block of NetworkPolicy is no pod here', [policy('x', { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] })], call('x/b'), 'denied'],
    ['an exception is left out', [to({ toCIDRSet: [{ cidr: '203.0.113.0/24', except: ['203.0.113.0/25'] }] })], call('203.0.113.7'), 'denied'],
    ['and no deny', [to({ toCIDRSet: [{ cidr: '203.0.113.0/24', except: ['203.0.113.0/25'] }, { cidr: '203.0.113.7/32' }] })], call('203.0.113.7'), 'allowed'],
    ['a group is its addresses', [to({ toCIDRSet: [{ cidrGroupRef: 'office' }] })], call('198.51.100.9'), 'allowed'],
    ['by label too', [to({ toCIDRSet: [{ cidrGroupSelector: { matchLabels: { zone: 'hq' } } }] })], call('198.51.100.9'), 'allowed'],
    ['a group that is not there may have any', [to({ toCIDRSet: [{ cidrGroupRef: 'gone' }] })], call('198.51.100.9'), 'depends'],
    ['but no pods', [to({ toCIDRSet: [{ cidrGroupRef: 'gone' }] })], call('x/b'), 'denied'],
    ['one that denies may deny any', [allowAll, about({ egressDeny: [{ toCIDRSet: [{ cidrGroupSelector: { matchLabels: { zone: 'gone' } } }] }] })], call('198.51.100.9'), 'depends'],
    ['a service that is not there may be anywhere', [to({ toServices: [{ k8sService: { serviceName: 'gone', namespace: 'y' } }] })], call('198.51.100.9'), 'depends'],
    ['and any pods of its namespace', [to({ toServices: [{ k8sService: { serviceName: 'gone', namespace: 'y' } }] })], call('y/b'), 'depends'],
    ['and none of others', [to({ toServices: [{ k8sService: { serviceName: 'gone', namespace: 'y' } }] })], call('x/b'), 'denied'],
    ['a name that may be asked for', [to(dns({ matchPattern: '*' })), cnp('x', { endpointSelector: a, egress: [{ toFQDNs: [{ matchName: 'api.example.com' }] }] }, 'fqdn')], call('api.example.com'), 'allowed'],
    ['no other name', [to(dns({ matchPattern: '*' })), cnp('x', { endpointSelector: a, egress: [{ toFQDNs: [{ matchName: 'api.example.com' }] }] }, 'fqdn')], call('www.example.com'), 'denied'],
    ['not one that nobody may ask for', [to({ toFQDNs: [{ matchName: 'api.example.com' }] })], call('api.example.com'), 'denied'],
    ['whose addresses are never learnt', [to({ toFQDNs: [{ matchName: 'api.example.com' }] })], call('203.0.113.7'), 'denied'],
    ['as they may be where it is asked for', [to(dns({ matchPattern: '*' })), cnp('x', { endpointSelector: a, egress: [{ toFQDNs: [{ matchName: 'api.example.com' }] }] }, 'fqdn')], call('203.0.113.7'), 'depends'],
    ['a CIDR may hold a name', [to({ toCIDR: ['203.0.113.0/24'] })], call('api.example.com'), 'depends'],
    ['a service is the pods behind it', [to({ toServices: [{ k8sService: { serviceName: 'b', namespace: 'y' } }] })], call('y/b'), 'allowed'],
    ['by label too', [to({ toServices: [{ k8sServiceSelector: { selector: { matchLabels: { pub: 'yes' } } } }] })], call('y/b'), 'allowed'],
    ['of any namespace unless it is named', [to({ toServices: [{ k8sService: { serviceName: 'b' } }] })], call('y/b'), 'allowed'],
    ['without a selector its addresses', [to({ toServices: [{ k8sService: { serviceName: 'legacy', namespace: 'x' } }] })], call('203.0.113.9'), 'allowed'],
    ['and no pods', [to({ toServices: [{ k8sService: { serviceName: 'legacy', namespace: 'x' } }] })], call('x/b'), 'denied'],
    ['nodes by label', [to({ toNodes: [{ matchLabels: { role: 'edge' } }] })], call('node:n1'), 'allowed'],
    ['and no others', [to({ toNodes: [{ matchLabels: { role: 'core' } }] })], call('node:n1'), 'denied'],
    ['never the own one', [to({ toNodes: [{}] })], call('host'), 'denied'],
  ])('%s', (...one: Case) => check(...one));

  test.each([
    ['*.example.com', 'api.example.com', true], ['*.example.com', 'example.com', false], ['*.example.com', 'a.b.example.com', false],
    ['api*.example.com', 'api-2.example.com', true], ['*', 'any.thing.org', true], ['**.example.com', 'a.b.example.com', true], ['**.example.com', 'example.com', false],
    ['API.Example.com', 'api.example.com.', true],
  ])('the name pattern %s takes %s: %s', (matchPattern, name, expected) => {
    const both = cnp('x', { endpointSelector: a, egress: [{ toFQDNs: [{ matchPattern }] }, dns({ matchPattern: '*' })] });
    expect(ask([...world, both], call(name), cilium('1.19')).verdict).toBe(expected ? 'allowed' : 'denied');
  });
});

const http = (rules: object[], ...more: object[]) => about({ ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: rules } }] }, ...more] });
const get = (path: string, others: object = {}): Ask => ({ ...IN, http: { path, ...others } });

test.each<[string, object, string]>([
  ['the host', { path: '/a', host: 'api' }, 'the request has the host api'],
  ['a header by its value', { path: '/a', headers: ['X-Team: red'] }, 'the request has the header X-Team: red'],
  ['a header by its presence', { path: '/a', headers: ['X-Team'] }, 'the request has the header X-Team'],
  ['a header of a match', { path: '/a', headerMatches: [{ name: 'X-Team', value: 'red' }] }, 'the request has the header X-Team: red'],
  ['the method', { method: 'GET|HEAD', path: '/a' }, 'the request has the method GET|HEAD'],
  ['several parts', { path: '/a', host: 'api', headers: ['X-Team'] }, 'the request has the host api and the header X-Team'],
])('where a rule asks for %s and the question does not say it, it depends', (_, rule, condition) => {
  expect(ask([...world, http([rule])], get('/a'))).toMatchObject({ verdict: 'depends', conditions: [condition] });
  expect(ask([...world, http([rule, { path: '/a' }])], get('/a')).verdict).toBe('allowed');
  expect(ask([...world, http([rule])], get('/b')).verdict).toBe('denied');
});

test('where a rule asks for the path and the question does not say it, it depends', () => {
  expect(ask([...world, http([{ path: '/a' }])], { ...IN, http: { method: 'GET' } })).toMatchObject({ verdict: 'depends', conditions: ['the request has the path /a'] });
});

describe('requests', () => {
  test.each<Case>([
    ['a path is matched as a whole', [http([{ path: '^/api/v1/' }])], get('/api/v1/foo'), 'denied'],
    ['which only itself is', [http([{ path: '^/api/v1/' }])], get('/api/v1/'), 'allowed'],
    ['with its query', [http([{ path: '/public' }])], get('/public?x=1'), 'denied'],
    ['a method likewise', [http([{ method: 'GET|HEAD' }])], get('/', { method: 'HEAD' }), 'allowed'],
    ['and not in part', [http([{ method: 'GE' }])], get('/', { method: 'GET' }), 'denied'],
    ['a host has its port', [http([{ host: 'api' }])], get('/', { host: 'api:80' }), 'denied'],
    ['upper case is another letter', [http([{ path: '/A' }])], get('/a'), 'denied'],
    ['dots are resolved first', [http([{ path: '/api/v1/.*' }])], get('/api/v1/../admin'), 'denied'],
    ['escaped dots too', [http([{ path: '/public/.*' }])], get('/public/%2e%2E/admin'), 'denied'],
    ['what needs no escape is the same without it', [http([{ path: '/admin-1_~' }])], get('/%61dmin%2D1%5f%7e'), 'allowed'],
    ['what needs one stays escaped', [http([{ path: '/a%20b%2525' }])], get('/a%20b%2525'), 'allowed'],
    ['the query keeps its escapes', [http([{ path: '/a\\?b=%61' }])], get('/a?b=%61'), 'allowed'],
    ['and are not where the agent has that off', [http([{ path: '/api/v1/.*' }])], get('/api/v1/../admin'), 'allowed', cilium('1.18', { normalizedPaths: false })],
    ['double slashes become one', [http([{ path: '/a/b' }])], get('/a//b'), 'allowed'],
    ['all fields of a rule have to match', [http([{ method: 'GET', path: '/a' }])], get('/a', { method: 'POST' }), 'denied'],
    ['any rule will do', [http([{ method: 'POST' }, { path: '/a' }])], get('/a'), 'allowed'],
    ['an empty rule takes any request', [http([{}])], get('/any', { method: 'PUT' }), 'allowed'],
    ['an empty list too', [http([])], get('/any'), 'allowed'],
    ['a header by its value', [http([{ headers: ['X-Team: red'] }])], get('/', { headers: { 'x-team': 'red' } }), 'allowed'],
    ['and no other value', [http([{ headers: ['X-Team: red'] }])], get('/', { headers: { 'x-team': 'blue' } }), 'denied'],
    ['a header by its presence', [http([{ headers: ['X-Team'] }])], get('/', { headers: { 'X-Team': 'blue' } }), 'allowed'],
    ['a header match that logs lets pass', [http([{ headerMatches: [{ name: 'X-Team', value: 'red', mismatch: 'LOG' }] }])], get('/'), 'allowed'],
    ['and one that does not stops it', [http([{ headerMatches: [{ name: 'X-Team', value: 'red' }] }])], get('/', { headers: { 'X-Team': 'blue' } }), 'denied'],
    ['an empty header is not sent', [http([{ headers: ['X-Team'] }])], get('/', { headers: { 'X-Team': '' } }), 'denied'],
    ['an empty host neither', [http([{ host: 'api' }])], get('/', { host: '' }), 'denied'],
    ['a part that is not asked about may be any that the rule takes', [http([{ method: '.*', path: '/.*', host: '.*' }])], { ...IN, http: {} }, 'allowed'],
    ['what any rule denies is denied without it', [http([{ path: '/admin', host: 'api' }])], get('/'), 'denied'],
    ['a secret value nobody knows', [http([{ headerMatches: [{ name: 'X-Key', secret: { name: 's' } }] }])], get('/'), 'depends'],
    ['a broader allow of the same port takes all', [http([{ method: 'GET' }], { fromEndpoints: [{}] })], get('/', { method: 'PUT' }), 'allowed'],
    ['also one of a NetworkPolicy', [http([{ method: 'GET' }]), allowAll], get('/', { method: 'PUT' }), 'allowed'],
    ['and not one of another peer', [http([{ method: 'GET' }], { fromEntities: ['world'] })], get('/', { method: 'PUT' }), 'denied'],
    ['two policies with rules take what either takes', [http([{ path: '/a' }]), cnp('x', { endpointSelector: a, ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ path: '/b' }] } }] }] }, 'q')], get('/b'), 'allowed'],
    ['without a request the connection opens', [http([{ method: 'GET' }])], IN, 'allowed'],
  ])('%s', (...one: Case) => check(...one));

  const sni = about({ egress: [{ toEntities: ['world'], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }], serverNames: ['api.example.com'] }] }] });
  test.each<Case>([
    ['a server name that is listed', [sni], { ...call('203.0.113.7'), sni: 'api.example.com' }, 'allowed'],
    ['no other', [sni], { ...call('203.0.113.7'), sni: 'www.example.com' }, 'denied'],
    ['nor a handshake without one', [sni], { ...call('203.0.113.7'), sni: '' }, 'denied'],
    ['any where a plain allow stands beside it', [sni, allowAll], { ...call('203.0.113.7'), sni: 'www.example.com' }, 'allowed'],
    ['a DNS rule takes its names', [to(dns({ matchName: 'a.org' }))], { ...OUT, port: 53, protocol: 'UDP', dns: 'a.org' }, 'allowed'],
    ['and no others', [to(dns({ matchName: 'a.org' }))], { ...OUT, port: 53, protocol: 'UDP', dns: 'b.org' }, 'denied'],
    ['and isolates everything else', [to(dns({ matchName: 'a.org' }))], { ...OUT, port: 443 }, 'denied'],
  ])('%s', (...one: Case) => check(...one));

  test('an answer says which requests pass where not all do', () => {
    const { verdict, requests } = ask([...world, http([{ method: 'GET', path: '/a' }])], IN);
    expect([verdict, requests]).toEqual(['allowed', ['GET /a']]);
  });
});

describe('NetworkPolicies on Cilium', () => {
  test.each<Case>([
    ['let in anybody without peers', [policy('x', { podSelector: {}, ingress: [{}] })], { from: 'remote-node', to: 'x/a' }, 'allowed'],
    ['pods only by an empty namespace selector', [policy('x', { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] })], { from: 'remote-node', to: 'x/a' }, 'denied'],
    ['have rules for a direction that policyTypes leaves out', [policy('x', { podSelector: {}, policyTypes: ['Egress'], ingress: [{ from: [{ podSelector: {} }] }] })], fromY, 'denied'],
    ['isolate by policyTypes alone', [policy('x', { podSelector: {}, policyTypes: ['Egress'] })], OUT, 'denied'],
    ['read NotIn as taking whoever lacks the key', [policy('x', { podSelector: {}, ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['z'] }] } }] }] })], IN, 'allowed'],
    ['let no ICMP pass with ports', [policy('x', { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] })], { ...IN, port: 8, protocol: 'ICMP' }, 'denied'],
    ['never select pods of the host network', [policy('y', { podSelector: {} })], { from: 'x/a', to: 'y/on-host' }, 'allowed'],
    ['nor mean them as peers', [policy('x', { podSelector: {}, egress: [{ to: [{ namespaceSelector: {} }] }] })], { from: 'x/a', to: 'y/on-host' }, 'denied'],
    ['let the node of a pod in', [policy('x', { podSelector: {} })], { from: 'host', to: 'x/a' }, 'allowed'],
    ['and no other node', [policy('x', { podSelector: {} })], { from: 'remote-node', to: 'x/a' }, 'denied'],
  ])('%s', (...one: Case) => check(...one));
});

test.each<[string, object, string, string]>([
  ['two kinds of peers in an item', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}], fromEntities: ['world'] }] }, '1.18', 'fromEndpoints and fromEntities in one item'],
  ['ports beside icmps', { endpointSelector: {}, ingress: [{ toPorts: web, icmps: [{ fields: [{ type: 8 }] }] }] }, '1.18', 'toPorts and icmps in one item'],
  ['a nodeSelector in a namespace', { nodeSelector: {}, ingress: [{}] }, '1.18', 'a nodeSelector in a namespaced policy'],
  ['no selector', { ingress: [{}] }, '1.18', 'exactly one of endpointSelector and nodeSelector'],
  ['no item', { endpointSelector: {}, ingress: [] }, '1.19', 'no ingress, ingressDeny, egress or egressDeny'],
])('a policy with %s has no effect, and a note says so', (_, spec, version, why) => {
  const cluster = Cluster.fromManifests([...world, cnp('x', spec)], { ...cilium(version), refused: new Map() });
  expect(cluster.query({ from: 'y/b', to: 'x/a', port: 80 }).verdict).toBe('allowed');
  expect(cluster.notes.map(({ text }) => text).join()).toContain(why);
});

test('a policy that names what the set does not have is noted', () => {
  const missing = about({ egress: [{ toCIDRSet: [{ cidrGroupRef: 'gone' }] }, { toServices: [{ k8sService: { serviceName: 'web', namespace: 'shop' } }] }] });
  expect(Cluster.fromManifests([...world, missing]).notes.map(({ text }) => text)).toEqual([
    'CiliumNetworkPolicy x/p names CIDR group gone, which is not in the set: what it means is not known',
    'CiliumNetworkPolicy x/p names service shop/web, which is not in the set: what it means is not known',
  ]);
  expect(Cluster.fromManifests([...world, to({ toCIDRSet: [{ cidrGroupRef: 'office' }] })]).notes).toEqual([]);
});

describe('what a policy asks of the peers of others, before 1.19', () => {
  const robots = cnp('x', { endpointSelector: a, ingress: [{ fromRequires: [{ matchLabels: { app: 'b' } }] }] }, 'robots');
  const c = pod('x', { app: 'c' }, { name: 'c' });
  const fromC: Ask = { from: 'x/c', to: 'x/a' };
  const everyone = { ingress: [{ fromEndpoints: [{}] }] };
  test.each<Case>([
    ['allows nothing by itself', [robots], IN, 'denied'],
    ['lets a rule of another policy allow those who have it', [robots, about(everyone)], IN, 'allowed'],
    ['and nobody else', [c, robots, about(everyone)], fromC, 'denied'],
    ['be it a NetworkPolicy', [c, robots, policy('x', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }, 'np')], fromC, 'denied'],
    ['even one that names no peer', [c, robots, policy('x', { podSelector: {}, ingress: [{}] }, 'np')], fromC, 'denied'],
    ['asks nothing of entities', [c, robots, about({ ingress: [{ fromEntities: ['cluster'] }] })], fromC, 'allowed'],
    ['nor of ports without a peer', [c, robots, about({ ingress: [{ toPorts: web }] })], fromC, 'allowed'],
    ['means the own namespace', [robots, about({ ingress: [{ fromEndpoints: [exists(`k8s:${NS}`)] }] })], fromY, 'denied'],
    ['asks of denies what denies ask', [
      c, allowAll, about({ ingressDeny: [{ fromEndpoints: [{}], fromRequires: [{ matchLabels: { app: 'b' } }] }] }),
    ], fromC, 'allowed'],
    ['which then deny those who have it', [
      allowAll, about({ ingressDeny: [{ fromEndpoints: [{}], fromRequires: [{ matchLabels: { app: 'b' } }] }] }),
    ], IN, 'denied'],
    ['is nothing to subjects of other policies', [c, robots, about(everyone, { matchLabels: { app: 'b' } })], { from: 'x/c', to: 'x/b' }, 'allowed'],
  ])('%s', (...one: Case) => check(...one));

  test('an answer names it', () => {
    const { ingress } = ask([...world, c, robots, about(everyone)], fromC);
    expect(ingress.reasons.map(({ text }) => text)).toContain('CiliumNetworkPolicy x/robots asks of every peer that a rule names by a selector: endpoints app=b of x');
  });
});

test('of several specs each counts', () => {
  const several = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'p', namespace: 'x' },
    specs: [
      { endpointSelector: a, ingress: [{}] }, { endpointSelector: a, ingress: [{ fromEndpoints: [{}] }] },
    ],
  };
  const answer = ask([...world, several], IN);
  expect(answer.verdict).toBe('allowed');
  expect(answer.ingress.reasons[0]?.pointer).toBe('/specs/1/ingress/0');
});
