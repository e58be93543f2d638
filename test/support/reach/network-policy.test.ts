import { namespace, pod, Reach } from '../reach';
import type { Flow } from '../reach';

// x/a is what policies select, x/b and y/c are peers.
const world = [
  namespace('x', { team: 'red' }),
  namespace('y', { 'team': 'blue', 'kubernetes.io/metadata.name': 'forged' }),
  pod('x', { app: 'a' }, { name: 'a', ip: '10.0.0.1', ports: [{ name: 'http', containerPort: 8080 }, { name: 'dns', containerPort: 53, protocol: 'UDP' }] }),
  pod('x', { app: 'b' }, { name: 'b', ip: '10.0.0.2', ports: [{ name: 'http', containerPort: 9090 }] }),
  pod('y', { app: 'c', tier: '' }, { name: 'c', ip: '10.1.0.3', ports: [{ name: 'http', containerPort: 7070, protocol: 'UDP' }] }),
  pod('y', { app: 'c' }, { name: 'on-host', ip: '192.168.0.1', hostNetwork: true }),
];

function policy(spec: object, ns: string | undefined = 'x'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p', ...(ns && { namespace: ns }) }, spec };
}

type Case = [name: string, spec: object, flow: Partial<Flow>, allowed: boolean];

function check(dataplane: 'kubernetes' | 'cilium') {
  return (_: string, spec: object, flow: Partial<Flow>, allowed: boolean) => {
    const reach = new Reach([...world, policy(spec)], { dataplane });
    expect(reach.allows({ from: 'x/b', to: 'x/a', port: 80, ...flow })).toBe(allowed);
  };
}

const toC = { from: 'x/a', to: 'y/c' };
const fromC = { from: 'y/c' };
const ingress = (...from: object[]) => ({ podSelector: {}, ingress: [{ from }] });
const ports = (...list: object[]) => ({ podSelector: {}, ingress: [{ ports: list }] });
const egressPorts = (...list: object[]) => ({ podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: list }] });
const byExpression = (key: string, operator: string, values?: string[]) =>
  ingress({ namespaceSelector: {}, podSelector: { matchExpressions: [{ key, operator, values }] } });

const isolation: Case[] = [
  ['a pod that no policy selects is open', { podSelector: { matchLabels: { app: 'other' } } }, {}, true],
  ['an empty podSelector selects every pod of the namespace', { podSelector: {} }, {}, false],
  ['a null podSelector does so too', { podSelector: null }, {}, false],
  ['an absent one does so too', {}, {}, false],
  ['a policy selects in its own namespace only', { podSelector: {} }, toC, true],
  ['a policy for egress leaves ingress open', { podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Egress'] }, {}, true],
  ['a policy without types isolates ingress', { podSelector: {} }, fromC, false],
  ['a policy without types and without egress rules leaves egress open', { podSelector: {}, egress: [] }, toC, true],
  ['empty types are as good as none', { podSelector: {}, policyTypes: [], egress: [] }, toC, true],
  ['an egress rule isolates egress', { podSelector: {}, egress: [{ ports: [{ port: 1 }] }] }, toC, false],
  ['both types without rules deny egress', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, toC, false],
  ['and ingress', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, fromC, false],
  ['a duplicate type counts once', { podSelector: {}, policyTypes: ['Ingress', 'Ingress'], ingress: [{}] }, {}, true],
  ['null ingress denies', { podSelector: {}, policyTypes: ['Ingress'], ingress: null }, {}, false],
  ['an empty rule allows anyone', { podSelector: {}, ingress: [{}] }, fromC, true],
  ['an empty rule allows addresses outside', { podSelector: {}, ingress: [{}] }, { from: 'ip:1.2.3.4' }, true],
  ['an empty from allows addresses outside', { podSelector: {}, ingress: [{ from: [] }] }, { from: 'ip:1.2.3.4' }, true],
  ['empty ports allow any protocol', { podSelector: {}, ingress: [{ ports: [] }] }, { protocol: 'SCTP' }, true],
  ['the node reaches its own pods', { podSelector: {} }, { from: 'entity:host' }, true],
  ['another node does not', { podSelector: {} }, { from: 'entity:remote-node' }, false],
];

const peers: Case[] = [
  ['a podSelector takes pods of the policy namespace', ingress({ podSelector: { matchLabels: { app: 'b' } } }), {}, true],
  ['and none of another', ingress({ podSelector: { matchLabels: { app: 'c' } } }), fromC, false],
  ['an empty podSelector takes the namespace', ingress({ podSelector: {} }), {}, true],
  ['and no other', ingress({ podSelector: {} }), fromC, false],
  ['a namespaceSelector takes every pod there', ingress({ namespaceSelector: { matchLabels: { team: 'blue' } } }), fromC, true],
  ['and not the own namespace by the way', ingress({ namespaceSelector: { matchLabels: { team: 'blue' } } }), {}, false],
  ['an empty namespaceSelector takes every pod', ingress({ namespaceSelector: {} }), fromC, true],
  ['and no address outside', ingress({ namespaceSelector: {} }), { from: 'ip:1.2.3.4' }, false],
  [
    'both selectors in one peer are ANDed',
    ingress({ namespaceSelector: { matchLabels: { team: 'blue' } }, podSelector: { matchLabels: { app: 'b' } } }), fromC, false,
  ],
  [
    'two peers are ORed',
    ingress({ namespaceSelector: { matchLabels: { team: 'blue' } } }, { podSelector: { matchLabels: { app: 'b' } } }), fromC, true,
  ],
  [
    'an empty podSelector adds nothing to a namespaceSelector',
    ingress({ namespaceSelector: { matchLabels: { team: 'blue' } }, podSelector: {} }), fromC, true,
  ],
  [
    'the name label of a namespace cannot be forged',
    ingress({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'forged' } } }), fromC, false,
  ],
  ['and is always there', ingress({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }), fromC, true],
  ['In takes a listed value', byExpression('app', 'In', ['b', 'c']), fromC, true],
  ['In needs the key', byExpression('tier', 'In', ['']), {}, false],
  ['NotIn refuses a listed value', byExpression('app', 'NotIn', ['c']), fromC, false],
  ['NotIn takes an absent key', byExpression('tier', 'NotIn', ['']), {}, true],
  ['Exists needs the key', byExpression('tier', 'Exists'), {}, false],
  ['Exists takes any value', byExpression('tier', 'Exists'), fromC, true],
  ['DoesNotExist needs its absence', byExpression('tier', 'DoesNotExist'), fromC, false],
  ['DoesNotExist takes its absence', byExpression('tier', 'DoesNotExist'), {}, true],
  ['an empty value needs the key', ingress({ namespaceSelector: {}, podSelector: { matchLabels: { tier: '' } } }), {}, false],
  ['an empty value takes the empty value', ingress({ namespaceSelector: {}, podSelector: { matchLabels: { tier: '' } } }), fromC, true],
  [
    'labels and expressions are ANDed',
    ingress({ podSelector: { matchLabels: { app: 'b' }, matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['b'] }] } }), {}, false,
  ],
  ['a pod on the host network is no pod peer', ingress({ namespaceSelector: {} }), { from: 'y/on-host' }, false],
  ['but is anyone', { podSelector: {}, ingress: [{}] }, { from: 'y/on-host' }, true],
];

const portCases: Case[] = [
  ['a number takes its port', ports({ port: 80 }), {}, true],
  ['and no other', ports({ port: 80 }), { port: 81 }, false],
  ['the protocol defaults to TCP', ports({ port: 80 }), { protocol: 'UDP' }, false],
  ['an entry without port takes all of TCP', ports({}), { port: 12345 }, true],
  ['and nothing of UDP', ports({}), { protocol: 'UDP' }, false],
  ['a protocol alone takes all its ports', ports({ protocol: 'UDP' }), { protocol: 'UDP' }, true],
  ['and nothing of TCP', ports({ protocol: 'UDP' }), {}, false],
  ['SCTP is not TCP', ports({ port: 80, protocol: 'SCTP' }), {}, false],
  ['entries are ORed', ports({ port: 1 }, { port: 80 }), {}, true],
  ['peers and ports are ANDed', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }] }, fromC, false],
  ['endPort is inclusive', ports({ port: 70, endPort: 80 }), {}, true],
  ['and a bound', ports({ port: 70, endPort: 79 }), {}, false],
  ['endPort may equal port', ports({ port: 80, endPort: 80 }), {}, true],
  ['a named port is the number of the selected pod on ingress', ports({ port: 'http' }), { port: 8080 }, true],
  ['and no other number', ports({ port: 'http' }), { port: 9090 }, false],
  ['a named port is the number of the peer on egress', egressPorts({ port: 'http' }), { from: 'x/a', to: 'x/b', port: 9090 }, true],
  ['and not that of the selected pod', egressPorts({ port: 'http' }), { from: 'x/a', to: 'x/b', port: 8080 }, false],
  ['a named port of another protocol matches nothing', egressPorts({ port: 'http' }), { ...toC, port: 7070 }, false],
  ['a named port with its protocol matches', egressPorts({ port: 'http', protocol: 'UDP' }), { ...toC, port: 7070, protocol: 'UDP' }, true],
  ['an unknown name matches nothing', ports({ port: 'grpc' }), {}, false],
  ['a named port matches no address outside', egressPorts({ port: 'http' }), { from: 'x/a', to: 'ip:1.2.3.4', port: 8080 }, false],
  ['a rule with ports lets no ping through', ports({ port: 80 }), { protocol: 'ICMP', icmpType: 8 }, false],
];

const egressTo = (cidr: string, except?: string[]) =>
  ({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr, except } }] }] });
const outside = (ip: string) => ({ from: 'x/a', to: `ip:${ip}` });

const blocks: Case[] = [
  ['an ipBlock takes its addresses', egressTo('203.0.113.0/24'), outside('203.0.113.7'), true],
  ['and no others', egressTo('203.0.113.0/24'), outside('203.0.114.7'), false],
  ['except carves out', egressTo('203.0.113.0/24', ['203.0.113.0/28']), outside('203.0.113.7'), false],
  ['host bits are masked', egressTo('203.0.113.99/24'), outside('203.0.113.7'), true],
  ['IPv4 says nothing about IPv6', egressTo('0.0.0.0/0'), outside('2001:db8::1'), false],
  ['IPv6 blocks take IPv6', egressTo('2001:db8::/32'), outside('2001:db8::1'), true],
  ['IPv6 says nothing about IPv4', egressTo('::/0'), outside('1.2.3.4'), false],
  ['an address that nobody names is in 0.0.0.0/0', egressTo('0.0.0.0/0', ['10.0.0.0/8']), { from: 'x/a', to: 'entity:world' }, true],
  ['and in no smaller block', egressTo('0.0.0.0/1'), { from: 'x/a', to: 'fqdn:api.example.com' }, false],
];

describe.each(['kubernetes', 'cilium'] as const)('NetworkPolicy on %s', (dataplane) => {
  test.each(isolation)('%s', check(dataplane));
  test.each(peers)('%s', check(dataplane));
  test.each(portCases)('%s', check(dataplane));
  test.each(blocks)('%s', check(dataplane));

  test('policies are a union', () => {
    const policies = [{ podSelector: {} }, ports({ port: 80 }), ports({ port: 81 })].map((spec) => policy(spec));
    const reach = new Reach([...world, ...policies], { dataplane });
    expect([80, 81, 82].map((port) => reach.allows({ from: 'y/c', to: 'x/a', port }))).toEqual([true, true, false]);
  });

  test('a policy without a namespace is in default', () => {
    const probe = pod('default', {}, { name: 'p' });
    const reach = new Reach([...world, probe, policy({}, '')], { dataplane });
    expect(reach.denies({ from: 'x/a', to: 'default/p', port: 1 })).toBe(true);
    expect(reach.allows({ from: 'default/p', to: 'x/a', port: 1 })).toBe(true);
  });

  test('native sidecars hold named ports, init containers do not, and one name may have two numbers', () => {
    const container = (containerPort: number, restartPolicy?: string) =>
      ({ name: `c${containerPort}`, restartPolicy, ports: [{ name: 'http', containerPort }] });
    const sidecar = {
      kind: 'Pod',
      metadata: { name: 's', namespace: 'x' },
      spec: { containers: [container(1), container(2)], initContainers: [container(3, 'Always'), container(4)] },
    };
    const reach = new Reach([...world, sidecar, policy(ports({ port: 'http' }))], { dataplane });
    expect([1, 2, 3, 4].map((port) => reach.allows({ from: 'x/b', to: 'x/s', port }))).toEqual([true, true, true, false]);
  });

  test.each([
    ['a peer without a field', ingress({}), 'the API server refuses'],
    ['an ipBlock beside a selector', ingress({ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }), 'the API server refuses'],
    ['an unknown operator', byExpression('app', 'Is'), 'operator Is'],
  ])('%s is an error, never a verdict', (_, spec, message) => {
    expect(() => check(dataplane)('', spec, {}, true)).toThrow(message);
  });
});

describe('where the two part', () => {
  const onBoth = (spec: object, flow: Partial<Flow>) => (['kubernetes', 'cilium'] as const).map((dataplane) =>
    new Reach([...world, policy(spec)], { dataplane }).allows({ from: 'x/b', to: 'x/a', port: 80, ...flow }));

  test('an ipBlock takes pods on Kubernetes, never on Cilium', () => {
    expect(onBoth(egressTo('10.1.0.0/16'), toC)).toEqual([true, false]);
    expect(onBoth(egressTo('0.0.0.0/0', ['10.0.0.0/8']), toC)).toEqual([false, false]);
  });

  test('rules of a direction that policyTypes leaves out are inert on Kubernetes, installed on Cilium', () => {
    const spec = { podSelector: {}, policyTypes: ['Egress'], egress: [{}], ingress: [{ ports: [{ port: 1 }] }] };
    expect(onBoth(spec, {})).toEqual([true, false]);
  });

  test('run-time labels are part of no identity on Cilium', () => {
    const labels = { 'app': 'd', 'pod-template-hash': 'abc', 'app.kubernetes.io/name': 'd' };
    const allowed = (key: string, dataplane: 'kubernetes' | 'cilium') => {
      const spec = ingress({ podSelector: { matchExpressions: [{ key, operator: 'Exists' }] } });
      return new Reach([...world, policy(spec)], { dataplane }).allows({ from: pod('x', labels), to: 'x/a', port: 80 });
    };
    expect(allowed('pod-template-hash', 'kubernetes')).toBe(true);
    expect(allowed('pod-template-hash', 'cilium')).toBe(false);
    expect(allowed('app.kubernetes.io/name', 'cilium')).toBe(true);
  });

  test('since Cilium 1.19 selectors take pods of the own cluster only', () => {
    const west = pod('x', { 'app': 'w', 'io.cilium.k8s.policy.cluster': 'west' });
    const allowed = (selector: object, ciliumVersion: string) =>
      new Reach([...world, policy(ingress({ podSelector: selector }))], { dataplane: 'cilium', ciliumVersion })
        .allows({ from: west, to: 'x/a', port: 80 });
    expect([allowed({}, '1.18'), allowed({}, '1.19')]).toEqual([true, false]);
    expect(allowed({ matchLabels: { 'io.cilium.k8s.policy.cluster': 'west' } }, '1.19')).toBe(true);
  });

  test('pods on the host network are policed by neither', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'y');
    const allowed = (dataplane: 'kubernetes' | 'cilium') =>
      new Reach([...world, deny], { dataplane }).allows({ from: 'x/a', to: 'y/on-host', port: 80 });
    expect([allowed('kubernetes'), allowed('cilium')]).toEqual([true, true]);
  });

  test('a pod whose manifest has no address has the one of the option', () => {
    const reach = (podIp?: string) => new Reach([...world, policy(egressTo('10.244.0.0/16'))], { podIp });
    expect(reach().allows({ from: 'x/a', to: pod('y', {}), port: 80 })).toBe(true);
    expect(reach('10.9.0.1').allows({ from: 'x/a', to: pod('y', {}), port: 80 })).toBe(false);
  });
});
