import { Chart } from 'cdk8s';
import fc from 'fast-check';
import { objectsOf } from './support';
import { AllowEgress, AllowFqdn, AllowIngress, AllowInternet, AllowSameNamespace, Cni, Entity, Peer, Port, Workload } from '../../src';

const PEERS = [
  Peer.pods({ app: 'web' }, { name: 'web' }), Peer.pods({ app: 'web', tier: 'a' }, { namespace: 'auth', name: 'auth-web' }), Peer.namespace('auth'),
  Peer.namespaces({ team: 'a' }, { name: 'team-a' }), Peer.cidr('10.0.0.0/8', { name: 'private', except: ['10.2.0.0/16', '10.1.0.0/16'] }),
  Peer.entity(Entity.HOST), Peer.entity(Entity.WORLD), Peer.serviceAccount('runner'),
];
const PORTS = [Port.tcp(80), Port.tcp(443), Port.udp(80), Port.tcpRange(80, 443), Port.named('http'), Port.allUdp(), Port.icmp(8), Port.icmp(0)];
// Who is outside gives no name to a port.
const isNamed = (port: Port) => String(port) === 'TCP/http';
const api = (chart: Chart) => new Workload(chart, 'api', { labels: { app: 'api' } });

const shuffled = <T>(items: T[]) => fc.shuffledSubarray(items, { minLength: 1, maxLength: 4 })
  .chain(subset => fc.tuple(fc.constant(subset), fc.shuffledSubarray(subset, { minLength: subset.length })));

describe('the order of peers and ports', () => {
  test('changes no byte, of the name neither', () => {
    fc.assert(fc.property(shuffled(PEERS), shuffled(PORTS), ([from, fromAgain], [ports, portsAgain]) => {
      const text = (peers: Peer[], some: Port[]) => JSON.stringify(objectsOf({}, chart => {
        const to = api(chart);
        new AllowIngress(chart, 'in', { to, from: peers, ports: some, name: 'in' });
        new AllowEgress(chart, 'out', { from: to, to: peers, ports: [Port.tcp(1), ...some.filter(one => !isNamed(one))], name: 'out' });
      }));
      expect(text(fromAgain, portsAgain)).toBe(text(from, ports));
    }), { numRuns: 60 });
  });

  test('nor does a peer or port that is named twice', () => {
    const text = (peers: Peer[], ports: Port[]) => JSON.stringify(objectsOf({}, chart => new AllowIngress(chart, 'in', { to: api(chart), from: peers, ports })));
    const [web, other] = PEERS;
    expect(text([web!, other!, web!], [Port.tcp(80), Port.tcp(80)])).toBe(text([web!, other!], [Port.tcp(80)]));
  });

  test('nor does that of the ranges of AllowInternet, of which only the outermost are written', () => {
    const excepts = (...except: string[]) => objectsOf({ cni: Cni.calico() }, chart => {
      new AllowInternet(chart, 'i', { from: api(chart), ports: [Port.tcp(443)], except });
    })[0]!.spec.egress[0].to;
    expect(excepts('203.0.113.0/24', '198.51.100.0/24', '203.0.113.8/32')).toEqual(excepts('198.51.100.0/24', '203.0.113.0/24', '10.1.0.0/16'));
    expect(excepts()[0].ipBlock.except).toEqual([
      '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16',
      '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4',
    ]);
  });
});

test('AllowSameNamespace writes its ports once and in one order', () => {
  const text = (...ports: Port[]) => JSON.stringify(objectsOf({}, chart => new AllowSameNamespace(chart, 'same', { ports })));
  expect(text(Port.tcp(443), Port.udp(53), Port.tcp(80), Port.tcp(443))).toBe(text(Port.tcp(80), Port.tcp(443), Port.udp(53)));
  expect(text(Port.tcp(80))).not.toBe(text(Port.tcp(443)));
});

describe('the name of an allow', () => {
  const name = (...from: Peer[]) => objectsOf({ cni: Cni.cilium('1.18', { nodeSelectors: true }) }, chart => {
    new AllowIngress(chart, 'in', { to: api(chart), from, ports: [Port.tcp(80)] });
  })[0]!.metadata.name;

  test.each([
    ['allow-web-to-api', Peer.pods({ app: 'web' }, { name: 'web' })],
    ['allow-web-to-api', Peer.pods({ app: 'web' }, { namespace: 'shop', name: 'web' })],
    ['allow-auth-web-to-api', Peer.pods({ app: 'web' }, { namespace: 'auth', name: 'web' })],
    ['allow-auth-to-api', Peer.namespace('auth')],
    ['allow-same-namespace-to-api', Peer.sameNamespace()],
    ['allow-any-namespace-to-api', Peer.anyNamespace()],
    ['allow-anywhere-to-api', Peer.anywhere()],
    ['allow-office-to-api', Peer.cidr('203.0.113.0/24', { name: 'office' })],
    ['allow-remote-node-to-api', Peer.entity(Entity.REMOTE_NODE)],
    ['allow-ci-runner-to-api', Peer.serviceAccount('ci.runner')],
    ['allow-auth-runner-to-api', Peer.serviceAccount('runner', { namespace: 'auth' })],
    ['allow-offices-to-api', Peer.cidrGroup('offices')],
    ['allow-edge-to-api', Peer.nodes({ zone: 'edge' }, { name: 'edge' })],
  ])('%s', (expected, peer) => expect(name(peer)).toBe(expected));

  test('joins several peers in the order of the alphabet', () => {
    const [web, idp] = [Peer.pods({ app: 'web' }, { name: 'web' }), Peer.pods({ app: 'idp' }, { namespace: 'auth', name: 'idp' })];
    expect(name(web, idp)).toBe('allow-auth-idp-and-web-to-api');
    expect(name(idp, web)).toBe('allow-auth-idp-and-web-to-api');
  });

  test.each([
    ['pods without a name', Peer.pods({ app: 'web' })],
    ['a CIDR', Peer.cidr('203.0.113.0/24')],
    ['namespaces by label', Peer.namespaces({ team: 'a' })],
    ['nodes', Peer.nodes({ zone: 'edge' })],
    ['CIDR groups by label', Peer.cidrGroups({ team: 'a' })],
  ])('is asked for where the peer has none: %s', (_, peer) => {
    expect(() => name(peer)).toThrow(/test\/in \(AllowIngress\): name: given none, and a peer that has no name of its own.*or pass `name`/);
  });

  test('of a DNS name is made of its labels', () => {
    const [policy] = objectsOf({}, chart => new AllowFqdn(chart, 'out', { from: api(chart), names: ['API.Example_1.com'] }));
    expect(policy!.metadata.name).toBe('allow-api-to-api-example-1-com');
  });
});
