import { ask, ccnp, cnp, policy } from './support/ask';
import { Cluster, connectionText, type ManifestOptions, type Question, type Verdict } from '../../src/reach';
import { partiesAt } from '../../src/reach/place';
import { namespace, pod } from '../support/reach';

const world = [
  namespace('x'), namespace('y'),
  pod('x', { app: 'a' }, { name: 'a', ip: '10.0.0.1' }),
  pod('y', {}, { name: 'on-host', hostNetwork: true }),
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, status: { addresses: [{ address: '192.168.1.1' }] } },
];
const KUBERNETES: ManifestOptions = { dataplane: 'kubernetes' };
const about = (lists: object) => cnp('x', { endpointSelector: {}, ...lists });
const everything = policy('x', { podSelector: {}, ingress: [{}], egress: [{}] }, 'everything');

type Case = [name: string, objects: object[], question: Pick<Question, 'from' | 'to'> & Partial<Question>, expected: Verdict, options?: ManifestOptions];
const check = (...[, objects, question, expected, options]: Case) =>
  expect(ask([...world, ...objects], question, options).verdict).toBe(expected);

const OUT = { from: 'x/a', to: 'y/on-host' };
const IN = { from: 'y/on-host', to: 'x/a' };

describe('a pod of the host network, which runs on the same node or on another', () => {
  test.each<Case>([
    ['may be called where the own node may, if it runs there', [about({ egress: [{ toEntities: ['host'] }] })], OUT, 'depends'],
    ['where other nodes may, if it runs on one', [about({ egress: [{ toEntities: ['remote-node'] }] })], OUT, 'depends'],
    ['for sure where all nodes may', [about({ egress: [{ toEntities: ['host', 'remote-node'] }] })], OUT, 'allowed'],
    ['be it by two rules', [about({ egress: [{ toEntities: ['host'] }, { toEntities: ['remote-node'] }] })], OUT, 'allowed'],
    ['on the ports that are the same for all', [about({
      egress: [
        { toEntities: ['host'], toPorts: [{ ports: [{ port: '80' }] }] }, { toEntities: ['remote-node'], toPorts: [{ ports: [{ port: '80' }, { port: '81' }] }] },
      ],
    })], OUT, 'allowed'],
    ['and perhaps on others', [about({
      egress: [
        { toEntities: ['host'], toPorts: [{ ports: [{ port: '80' }] }] }, { toEntities: ['remote-node'], toPorts: [{ ports: [{ port: '80' }, { port: '81' }] }] },
      ],
    })], { ...OUT, port: 81 }, 'depends'],
    ['where the cluster may', [about({ egress: [{ toEntities: ['cluster'] }] })], OUT, 'allowed'],
    ['where everybody may', [about({ egress: [{ toEntities: ['all'] }] })], OUT, 'allowed'],
    ['not where only the world may', [about({ egress: [{ toEntities: ['world'] }] })], OUT, 'denied'],
    ['where nodes by a selector may, if it runs on another', [about({ egress: [{ toNodes: [{}] }] })], OUT, 'depends'],
    ['may be denied where the own node is', [everything, about({ egressDeny: [{ toEntities: ['host'] }] })], OUT, 'depends'],
    ['or where other nodes are', [everything, about({ egressDeny: [{ toEntities: ['remote-node'] }] })], OUT, 'depends'],
    ['and is where all are', [everything, about({ egressDeny: [{ toEntities: ['host', 'remote-node'] }] })], OUT, 'denied'],
    ['calls pods of its own node', [about({ ingress: [{}] })], IN, 'depends'],
    ['and of any where other nodes may', [about({ ingress: [{ fromEntities: ['remote-node'] }] })], IN, 'allowed'],
    ['unless that one is denied', [everything, about({ ingressDeny: [{ fromEntities: ['host'] }] })], IN, 'depends'],
    ['calls the health endpoint of its node', [ccnp({ endpointSelector: {}, ingress: [{}] })], { ...IN, to: 'health' }, 'depends'],
    ['has an address that a block may hold where blocks hold nodes', [about({ egress: [{ toCIDR: ['192.168.0.0/16'] }] })], OUT, 'depends', { target: { cni: 'cilium', cilium: { version: '1.18', cidrMatchesNodes: true } } }],
    ['calls pods of its own node on any CNI', [policy('x', { podSelector: {} })], IN, 'depends', KUBERNETES],
  ])('%s', (...one: Case) => check(one[0], one[1], { port: 80, ...one[2] }, one[3], one[4]));

  test('an answer says on what it depends', () => {
    const answer = ask([...world, about({ egress: [{ toEntities: ['remote-node'] }] })], OUT);
    expect(answer.conditions).toEqual(['they run on different nodes']);
    expect(answer.egress.reasons[0]?.text).toContain('allows it if they run on different nodes: egress[0], entity remote-node');
  });

  test('an answer about both kinds of nodes names the rules of both', () => {
    const answer = ask([...world, about({ egress: [{ toEntities: ['host'] }, { toEntities: ['remote-node'] }] })], OUT);
    expect(answer.egress.reasons.map(({ effect, index }) => [effect, index])).toEqual([['allows', 0], ['allows', 1]]);
  });

  test('an answer names the rule for other nodes without a condition, and that the own node is always let in', () => {
    const { verdict, ingress } = ask([...world, about({ ingress: [{ fromEntities: ['remote-node', 'kube-apiserver'] }] })], IN);
    expect(verdict).toBe('allowed');
    expect(ingress.reasons.map(({ text }) => text)).toEqual([
      expect.stringMatching(/ allows it: ingress\[0\], entity remote-node or entity kube-apiserver, any port$/),
      'allowed if both run on one node, since y/on-host[Pod] always reaches the pods of its own node',
      'y/on-host[Pod] has hostNetwork: policies see the node that it is on, and not its labels',
    ]);
  });
});

const block = (...cidrs: string[]) => policy('x', { podSelector: {}, policyTypes: ['Egress'], egress: cidrs.map(cidr => ({ to: [{ ipBlock: { cidr } }] })) });
const except = (cidr: string, ...holes: string[]) => policy('x', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr, except: holes } }] }] });
const to = (place: string): Pick<Question, 'from' | 'to'> => ({ from: 'x/a', to: place });

describe('the world, which is many addresses', () => {
  test.each<Case>([
    ['is reached where all of them are', [block('0.0.0.0/0')], to('world'), 'allowed'],
    ['by several blocks together', [block('0.0.0.0/1', '128.0.0.0/1')], to('world'), 'allowed'],
    ['in part by half of them', [block('0.0.0.0/1')], to('world'), 'depends'],
    ['in part by a private block', [block('10.0.0.0/8')], to('world'), 'depends'],
    ['in part by IPv6 alone', [block('::/0')], to('world'), 'depends'],
    ['without those that are not on the internet', [except('0.0.0.0/0', '10.0.0.0/8', '169.254.169.254/32')], to('world'), 'allowed'],
    ['not without others', [except('0.0.0.0/0', '8.0.0.0/8')], to('world'), 'depends'],
    ['not where nobody is', [policy('x', { podSelector: {}, policyTypes: ['Egress'] })], to('world'), 'denied'],
    ['in part where some are denied', [everything, about({ egressDeny: [{ toCIDR: ['8.8.8.8/32'] }] })], to('world'), 'depends'],
    ['wholly where private ones are', [everything, about({ egressDeny: [{ toCIDR: ['169.254.169.254/32'] }] })], to('world'), 'allowed'],
    ['not where all are denied', [everything, about({ egressDeny: [{ toCIDR: ['0.0.0.0/1'] }, { toCIDRSet: [{ cidr: '128.0.0.0/1' }] }, { toCIDR: ['::/0'] }] })], to('world'), 'denied'],
  ])('%s', (...one: Case) => {
    check(one[0], one[1], { port: 80, ...one[2] }, one[3]);
  });

  test.each<Case>([
    ['by several blocks together', [block('10.0.0.0/9', '10.128.0.0/9')], to('10.0.0.0/8'), 'allowed'],
    ['in part', [block('10.0.0.0/9')], to('10.0.0.0/8'), 'depends'],
  ])('a CIDR likewise: %s', (...one: Case) => check(one[0], one[1], { port: 80, ...one[2] }, one[3], KUBERNETES));

  test('an answer says that it depends on the address', () => {
    expect(ask([...world, block('0.0.0.0/1')], to('world')).conditions).toEqual(['the address is in 0.0.0.0/1']);
    expect(ask([...world, block('8.0.0.0/8', '9.0.0.0/8')], to('world')).conditions).toEqual(['the address is in 8.0.0.0/8 or 9.0.0.0/8']);
    expect(ask([...world, block('1.0.0.0/8', '2.0.0.0/8', '3.0.0.0/8', '4.0.0.0/8', '5.0.0.0/8')], to('world')).conditions)
      .toEqual(['the address is in 1.0.0.0/8 or 2.0.0.0/8 or 3.0.0.0/8 or 2 others']);
  });

  test('an answer says for which addresses a deny is that leaves IPv6 open', () => {
    const answer = ask([...world, about({ ingress: [{ fromEntities: ['all'] }], ingressDeny: [{ fromCIDR: ['0.0.0.0/0'] }] })], { from: 'world', to: 'x/a' });
    expect(answer).toMatchObject({ verdict: 'depends', conditions: ['the address is in 0.0.0.0/0'] });
    const both = ask([...world, about({ ingress: [{ fromEntities: ['all'] }], ingressDeny: [{ fromCIDR: ['0.0.0.0/0'] }, { fromCIDR: ['::/0'] }] })], { from: 'world', to: 'x/a' });
    expect(both).toMatchObject({ verdict: 'denied', conditions: [] });
    expect(both.ingress.reasons.map(({ effect }) => effect)).toEqual(['denies', 'denies']);
  });

  test('the map says the same', () => {
    const cluster = Cluster.fromManifests([...world, about({ ingress: [{ fromEntities: ['all'] }], ingressDeny: [{ fromCIDR: ['0.0.0.0/0'] }] })], { dataplane: 'cilium' });
    const [from, a] = ['world', 'x/a'].map(place => partiesAt(place, cluster.world)[0]!);
    expect(cluster.conditions(from!, a!)).toEqual(['the address is in 0.0.0.0/0']);
  });
});

describe('ICMP is of one family', () => {
  const echo = (family: 'IPv4' | 'IPv6') => about({ egress: [{ toEntities: ['world'], icmps: [{ fields: [{ type: family === 'IPv4' ? 8 : 128, family }] }] }] });
  test.each<Case>([
    ['a rule for IPv6 is none for an address of IPv4', [echo('IPv6')], { ...to('203.0.113.7'), protocol: 'ICMPv6', port: 128 }, 'denied'],
    ['and the reverse', [echo('IPv4')], { ...to('2001:db8::1'), protocol: 'ICMP', port: 8 }, 'denied'],
    ['but for one of IPv6', [echo('IPv6')], { ...to('2001:db8::1'), protocol: 'ICMPv6', port: 128 }, 'allowed'],
    ['and the reverse of that', [echo('IPv4')], { ...to('203.0.113.7'), protocol: 'ICMP', port: 8 }, 'allowed'],
  ])('%s', (...one: Case) => check(...one));

  test('which the map shows', () => {
    const cluster = Cluster.fromManifests([...world, echo('IPv6')]);
    const lines = [...cluster.map([4, 6])].filter(({ from, to: { type } }) => from.type === 'workload' && from.endpoint.name === 'a' && type === 'addresses')
      .map(({ to: party, connection }) => [party.type === 'addresses' && party.family, connectionText(connection)]);
    expect(lines).toEqual([[6, 'ICMPv6 type 128']]);
  });
});
