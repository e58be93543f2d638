import { namespace, pod, Reach } from '../reach';
import type { Flow, ReachOptions } from '../reach';

// x/a is what policies select, x/b and y/c are peers.
const world = [
  namespace('x'),
  namespace('y', { team: 'blue' }),
  pod('x', { app: 'a' }, { name: 'a', ports: [{ name: 'http', containerPort: 8080 }] }),
  pod('x', { app: 'b' }, { name: 'b', ports: [{ name: 'http', containerPort: 9090 }] }),
  pod('y', { app: 'c' }, { name: 'c' }),
];
const selectA = { endpointSelector: { matchLabels: { app: 'a' } } };
const fromB = { fromEndpoints: [{ matchLabels: { app: 'b' } }] };
const tcp = (port: string, more: object = {}) => ({ toPorts: [{ ports: [{ port, protocol: 'TCP', ...more }] }] });

function cnp(spec: object, name = 'p'): object {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name, namespace: 'x' }, spec: { ...selectA, ...spec } };
}

function ccnp(spec: object): object {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata: { name: 'cw' }, spec };
}

const networkPolicy = (spec: object) =>
  ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'np', namespace: 'x' }, spec });

type Case = [name: string, policies: object[], flow: Partial<Flow>, allowed: boolean];

function check(_: string, policies: object[], flow: Partial<Flow>, allowed: boolean): void {
  const reach = new Reach([...world, ...policies], { dataplane: 'cilium' });
  expect(reach.allows({ from: 'x/b', to: 'x/a', port: 80, ...flow })).toBe(allowed);
}

const fromA = { from: 'x/a', to: 'x/b' };
const noDefaultDeny = { enableDefaultDeny: { ingress: false, egress: false } };

const isolation: Case[] = [
  ['an endpoint that no policy selects is open', [cnp({ endpointSelector: { matchLabels: { app: 'z' } }, ingress: [{}] })], {}, true],
  ['a policy selects in its own namespace only', [cnp({ endpointSelector: {}, ingress: [{}] })], { to: 'y/c' }, true],
  ['an empty selector selects the namespace', [cnp({ endpointSelector: {}, ingress: [{}] })], { from: 'y/c', to: 'x/b' }, false],
  ['an empty item isolates and allows nothing', [cnp({ ingress: [{}] })], {}, false],
  ['one direction leaves the other alone', [cnp({ ingress: [{}] })], fromA, true],
  ['an empty list isolates nothing', [cnp({ ingress: [], egress: [{}] })], {}, true],
  ['null isolates nothing', [cnp({ ingress: null, egress: [{}] })], {}, true],
  ['a deny alone isolates', [cnp({ ingressDeny: [{ fromEntities: ['world'] }] })], {}, false],
  ['without default deny a deny leaves the rest open', [cnp({ ...noDefaultDeny, ingressDeny: [{ fromEntities: ['world'] }] })], {}, true],
  ['and still denies', [cnp({ ...noDefaultDeny, ingressDeny: [fromB] })], {}, false],
  ['without default deny an allow isolates nothing', [cnp({ ...noDefaultDeny, ingress: [{ fromEntities: ['world'] }] })], {}, true],
  [
    'one policy that isolates is enough',
    [cnp({ ...noDefaultDeny, ingress: [{ fromEntities: ['world'] }] }), cnp({ ingress: [{}] })], {}, false,
  ],
  ['default deny without an item has no effect', [cnp({ enableDefaultDeny: { ingress: true }, egress: [{}] })], {}, true],
  ['a default deny for one direction says nothing about the other', [cnp({ enableDefaultDeny: { egress: false }, ingress: [{}] })], {}, false],
  ['specs are as many rules', [cnp({}), cnp({})].map((policy) => ({ ...policy, spec: null, specs: [{ ...selectA, ingress: [{}] }] })), {}, false],
  ['the local node is always let in', [cnp({ ingress: [{}] })], { from: 'entity:host' }, true],
  ['another node is not', [cnp({ ingress: [{}] })], { from: 'entity:remote-node' }, false],
  ['but a deny holds for the local node', [cnp({ ingressDeny: [{ fromEntities: ['host'] }] })], { from: 'entity:host' }, false],
  ['a NetworkPolicy isolates alike', [networkPolicy({ podSelector: {} })], {}, false],
  ['allows of all kinds are a union', [networkPolicy({ podSelector: {} }), cnp({ ingress: [fromB] })], {}, true],
  [
    'no policy undoes the default deny of another',
    [networkPolicy({ podSelector: {} }), cnp({ ...noDefaultDeny, ingress: [{ fromEntities: ['world'] }] })], {}, false,
  ],
];

const anyone = { podSelector: {}, ingress: [{}] };
const precedence: Case[] = [
  ['a deny beats the allow of its own policy', [cnp({ ingress: [fromB], ingressDeny: [fromB] })], {}, false],
  ['a deny beats a NetworkPolicy', [networkPolicy(anyone), cnp({ ingressDeny: [fromB] })], {}, false],
  ['a deny for everyone has no exception by a narrower allow', [cnp({ ingress: [fromB], ingressDeny: [{ fromEntities: ['all'] }] })], {}, false],
  ['a deny of a port spares the others', [cnp({ ingress: [fromB], ingressDeny: [{ ...fromB, ...tcp('81') }] })], {}, true],
  ['a cluster-wide allow is no ceiling', [networkPolicy(anyone), ccnp({ endpointSelector: {}, ingress: [{ fromEntities: ['world'] }] })], {}, true],
  ['a cluster-wide deny is one', [networkPolicy(anyone), ccnp({ endpointSelector: {}, ingressDeny: [{ fromEntities: ['cluster'] }] })], {}, false],
  ['an empty deny denies nothing', [cnp({ ingress: [fromB], ingressDeny: [{}] })], {}, true],
  [
    'a deny by name is a deny of the port for everyone',
    [cnp({ ...noDefaultDeny, egressDeny: [{ toFQDNs: [{ matchName: 'a.io' }], ...tcp('80') }] })], fromA, false,
  ],
  [
    'a deny by request is a deny of the port',
    [cnp({ ...noDefaultDeny, ingressDeny: [{ toPorts: [{ ports: [{ port: '80' }], rules: { http: [{ path: '/admin' }] } }] }] })],
    { http: { path: '/' } }, false,
  ],
];

const items: Case[] = [
  ['a peer without ports is any port', [cnp({ ingress: [fromB] })], { protocol: 'SCTP' }, true],
  ['and ping', [cnp({ ingress: [fromB] })], { icmpType: 8 }, true],
  ['ports without a peer are any peer', [cnp({ ingress: [tcp('80')] })], { from: 'y/c' }, true],
  ['also outside', [cnp({ ingress: [tcp('80')] })], { from: 'entity:world' }, true],
  ['an explicit empty peer list matches nothing, even with ports', [cnp({ ingress: [{ fromEndpoints: [], ...tcp('80') }] })], {}, false],
  ['so for CIDRs', [cnp({ ingress: [{ fromCIDR: [], ...tcp('80') }] })], {}, false],
  ['so for entities', [cnp({ ingress: [{ fromEntities: [], ...tcp('80') }] })], {}, false],
  ['a null peer list is no peer', [cnp({ ingress: [{ fromEndpoints: null, ...tcp('80') }] })], {}, true],
  ['empty names are no peer', [cnp({ egress: [{ toFQDNs: [], ...tcp('80') }] })], fromA, true],
  ['a port item without ports matches nothing', [cnp({ ingress: [{ ...fromB, toPorts: [{ ports: [] }] }] })], {}, false],
  ['no port items are any port', [cnp({ ingress: [{ ...fromB, toPorts: [] }] })], {}, true],
  ['peer and port are ANDed', [cnp({ ingress: [{ ...fromB, ...tcp('80') }] })], { from: 'y/c' }, false],
  ['items are ORed', [cnp({ ingress: [fromB, tcp('80')] })], { from: 'y/c' }, true],
];

const port = (entry: object) => [cnp({ ingress: [{ toPorts: [{ ports: [entry] }] }] })];
const egressPort = (entry: object) => [cnp({ egress: [{ toPorts: [{ ports: [entry] }] }] })];
const icmp = (...fields: object[]) => [cnp({ ingress: [{ icmps: [{ fields }] }] })];

const ports: Case[] = [
  ['a port of TCP is not of UDP', port({ port: '80', protocol: 'TCP' }), { protocol: 'UDP' }, false],
  ['a port without protocol is of UDP too', port({ port: '80' }), { protocol: 'UDP' }, true],
  ['ANY is of SCTP too', port({ port: '80', protocol: 'ANY' }), { protocol: 'SCTP' }, true],
  ['ANY with a port is never ping', port({ port: '80', protocol: 'ANY' }), { icmpType: 8 }, false],
  ['port 0 of ANY is everything', port({ port: '0' }), { icmpType: 8 }, true],
  ['port 0 of TCP is any port of it', port({ port: '0', protocol: 'TCP' }), { port: 12345 }, true],
  ['and nothing of UDP', port({ port: '0', protocol: 'TCP' }), { protocol: 'UDP' }, false],
  ['endPort is inclusive', port({ port: '70', endPort: 80, protocol: 'TCP' }), {}, true],
  ['and a bound', port({ port: '70', endPort: 79, protocol: 'TCP' }), {}, false],
  ['endPort 0 is none', port({ port: '80', endPort: 0 }), {}, true],
  ['a name is looked up in the subject on ingress', port({ port: 'http', protocol: 'TCP' }), { port: 8080 }, true],
  ['and in nothing else', port({ port: 'http', protocol: 'TCP' }), { port: 9090 }, false],
  ['a name is looked up in the destination on egress', egressPort({ port: 'HTTP', protocol: 'TCP' }), { ...fromA, port: 9090 }, true],
  ['endPort with a name is ignored', egressPort({ port: 'http', endPort: 9999 }), { ...fromA, port: 9091 }, false],
  ['an unknown name matches nothing', port({ port: 'grpc' }), {}, false],
  ['a name of another protocol matches nothing', port({ port: 'http', protocol: 'UDP' }), { port: 8080, protocol: 'UDP' }, false],
  ['an ICMP type lets it through', icmp({ type: 8 }), { icmpType: 8 }, true],
  ['by name too', icmp({ type: 'EchoRequest' }), { icmpType: 8 }, true],
  ['a number may be a string', icmp({ type: '8' }), { icmpType: 8 }, true],
  ['and no other type', icmp({ type: 8 }), { icmpType: 0 }, false],
  ['IPv4 is not IPv6', icmp({ type: 8 }), { icmpType: 8, icmpFamily: 'IPv6' }, false],
  ['a name means another number in IPv6', icmp({ type: 'EchoRequest', family: 'IPv6' }), { icmpType: 128, icmpFamily: 'IPv6' }, true],
  ['an ICMP rule lets no port through', icmp({ type: 8 }), {}, false],
  ['a port rule lets no ping through', [cnp({ ingress: [tcp('80')] })], { icmpType: 8 }, false],
];

const everyone = { endpointSelector: {}, ingress: [{}] };
const hostOnly = { nodeSelector: {}, ingress: [{}] };
const node = { kind: 'Node', metadata: { name: 'n1', labels: { role: 'worker' } } };
const subjects: Case[] = [
  ['a cluster-wide policy selects in all namespaces', [ccnp(everyone)], { to: 'y/c' }, false],
  ['an empty cluster-wide selector takes the health endpoint', [ccnp(everyone)], { to: 'entity:health' }, false],
  ['and the ingress endpoint', [ccnp(everyone)], { to: 'entity:ingress' }, false],
  ['and not the node', [ccnp(everyone)], { to: 'entity:host' }, true],
  ['nor pods on its network', [pod('y', {}, { name: 'h', hostNetwork: true }), ccnp(everyone)], { to: 'y/h' }, true],
  ['nor what is outside', [ccnp({ endpointSelector: {}, ingress: [{}] })], { to: 'ip:1.2.3.4' }, true],
  ['a namespaced one leaves the health endpoint alone', [cnp(everyone)], { to: 'entity:health' }, true],
  ['a nodeSelector takes nodes', [ccnp(hostOnly)], { to: 'entity:host' }, false],
  ['and pods on their network', [pod('y', {}, { name: 'h', hostNetwork: true }), ccnp(hostOnly)], { to: 'y/h' }, false],
  ['and no other pods', [ccnp(hostOnly)], { to: 'y/c' }, true],
  ['who let no other node in by default', [node, ccnp(hostOnly)], { from: 'entity:host', to: 'node:n1' }, false],
  ['by labels', [node, ccnp({ nodeSelector: { matchLabels: { role: 'worker' } }, ingress: [{}] })], { to: 'node:n1' }, false],
  ['of their own', [node, ccnp({ nodeSelector: { matchLabels: { role: 'master' } }, ingress: [{}] })], { to: 'node:n1' }, true],
  [
    'a namespaced policy overrides a foreign namespace in its selector',
    [cnp({ endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'y' } }, ingress: [{}] })], {}, false,
  ],
  [
    'unless its key has no source: then it selects nothing',
    [cnp({ endpointSelector: { matchLabels: { 'io.kubernetes.pod.namespace': 'y' } }, ingress: [{}] })], {}, true,
  ],
];

describe('Cilium', () => {
  test.each(isolation)('isolation: %s', check);
  test.each(precedence)('precedence: %s', check);
  test.each(items)('items: %s', check);
  test.each(ports)('ports: %s', check);
  test.each(subjects)('subjects: %s', check);

  test('notes where both ends have to authenticate', () => {
    const reach = new Reach([...world, cnp({ ingress: [{ ...fromB, authentication: { mode: 'required' } }] })]);
    expect(reach.verdict({ from: 'x/b', to: 'x/a', port: 80 }).why).toEqual([
      'egress: no policy isolates',
      'ingress: CiliumNetworkPolicy x/p ingress[0] allows, if both ends authenticate',
    ]);
  });

  test.each<[string, object, ReachOptions, string]>([
    ['two peers in one item', cnp({ ingress: [{ ...fromB, fromEntities: ['world'] }] }), {}, 'fromEndpoints and fromEntities in one item'],
    ['CIDRs of both kinds', cnp({ egress: [{ toCIDR: ['1.0.0.0/8'], toCIDRSet: [{ cidr: '2.0.0.0/8' }] }] }), {}, 'toCIDR and toCIDRSet'],
    ['ports beside icmps', cnp({ ingress: [{ icmps: [{ fields: [] }], ...tcp('80') }] }), {}, 'icmps and toPorts'],
    ['no selector', ccnp({ ingress: [{}] }), {}, 'exactly one of'],
    ['both selectors', ccnp({ endpointSelector: {}, nodeSelector: {}, ingress: [{}] }), {}, 'exactly one of'],
    ['nodes in a namespace', cnp({ endpointSelector: undefined, nodeSelector: {}, ingress: [{}] }), {}, 'nodeSelector in a namespaced'],
    ['nothing but empty lists', cnp({ ingress: [] }), { ciliumVersion: '1.19' }, 'no ingress, ingressDeny, egress or egressDeny item'],
    ['groups', cnp({ egress: [{ toGroups: [{}] }] }), {}, 'toGroups is not modelled'],
    ['requires', cnp({ ingress: [{ fromRequires: [{}] }] }), { ciliumVersion: '1.19' }, 'fromRequires or toRequires'],
    ['custom parsers', cnp({ ingress: [{ toPorts: [{ ports: [], rules: { l7proto: 'x' } }] }] }), {}, 'not modelled'],
  ])('%s is an error, never a verdict', (_, policy, options, message) => {
    expect(() => new Reach([...world, policy], options)).toThrow(message);
  });

  test('empty lists alone are taken before 1.19, and do nothing', () => {
    expect(new Reach([...world, cnp({ ingress: [] })], { ciliumVersion: 'v1.18.4' }).allows({ from: 'x/b', to: 'x/a', port: 80 })).toBe(true);
  });
});
