import { Chart } from 'cdk8s';
import { Allow, AllowEgress, AllowIngress, Cni, DefaultDeny, Entity, Peer, Platform, Port, Workload } from '../../src';
import { namespace, pod, Reach } from '../support/reach';
import { manifests, testApp } from '../support/synth';

const web = pod('shop', { app: 'web' }, { name: 'web' });
const api = pod('shop', { app: 'api' }, { name: 'api' });
const idp = pod('auth', { app: 'idp' }, { name: 'idp' });
const twin = pod('auth', { app: 'api' }, { name: 'twin' });
const pods = [namespace('shop'), namespace('auth'), web, api, idp, twin];
const PORTS = [{ port: 8080 }, { port: 8081 }, { port: 8080, protocol: 'UDP' as const }];

/** An app with both namespaces isolated, and what is added to it. */
function isolated(cni: Cni, add: (workloads: { web: Workload; api: Workload; idp: Workload }, chart: Chart) => void) {
  const app = testApp();
  new Platform(app, 'platform', { cni });
  const chart = new Chart(app, 'test');
  for (const ns of ['shop', 'auth']) new DefaultDeny(chart, ns, { namespace: ns, dns: false });
  const workload = (name: string, ns: string) => new Workload(chart, name, { namespace: ns, labels: { app: name } });
  add({ web: workload('web', 'shop'), api: workload('api', 'shop'), idp: workload('idp', 'auth') }, chart);
  const objects = manifests(app);
  const reach = new Reach([...objects, ...pods], { dataplane: cni.enforcesCiliumPolicy ? 'cilium' : 'kubernetes' });
  return { objects, reach, flows: reach.flows(PORTS) };
}

const names = (objects: { kind: string; metadata: { name: string; namespace?: string } }[]) => objects
  .filter(({ metadata }) => !metadata.name.startsWith('default-deny'))
  .map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).sort();

describe.each([['Calico', Cni.calico()], ['Cilium', Cni.cilium()]] as const)('on %s', (_, cni) => {
  test('two workloads of one namespace: the pair, the port and nothing else', () => {
    const { flows, objects } = isolated(cni, workloads => workloads.api.allowFrom(workloads.web, Port.tcp(8080)));
    expect(flows).toEqual(['shop/web -> shop/api TCP/8080']);
    expect(names(objects)).toEqual(['NetworkPolicy shop/allow-web-to-api-egress', 'NetworkPolicy shop/allow-web-to-api-ingress']);
  });

  test('two namespaces: each half lies with its own, and the same labels elsewhere open nothing', () => {
    const { flows, objects } = isolated(cni, workloads => workloads.api.allowTo(workloads.idp, Port.tcp(8080)));
    expect(flows).toEqual(['shop/api -> auth/idp TCP/8080']);
    expect(names(objects)).toEqual(['NetworkPolicy auth/allow-shop-api-to-idp', 'NetworkPolicy shop/allow-api-to-auth-idp']);
  });

  test('Allow says the same as allowTo and allowFrom', () => {
    const say = (how: (w: { web: Workload; api: Workload }, chart: Chart) => void) => JSON.stringify(isolated(cni, how).objects);
    const one = say(workloads => workloads.web.allowTo(workloads.api, Port.tcp(8080)));
    expect(say(workloads => workloads.api.allowFrom(workloads.web, Port.tcp(8080)))).toBe(one);
    expect(say(({ web: from, api: to }, chart) => new Allow(chart, 'allow', { from, to, ports: [Port.tcp(8080)] }))).toBe(one);
  });

  test('several ports of a pair go into one object for each half', () => {
    const { flows, objects } = isolated(cni, ({ web: from, api: to }) => from.allowTo(to, Port.udp(8080), Port.tcpRange(8080, 8081)));
    expect(flows).toEqual(['shop/web -> shop/api TCP/8080', 'shop/web -> shop/api TCP/8081', 'shop/web -> shop/api UDP/8080']);
    expect(names(objects)).toHaveLength(2);
  });

  test('a workload may be allowed to reach its own replicas', () => {
    const { objects } = isolated(cni, ({ api: self }) => self.allowTo(self, Port.tcp(7000)));
    expect(names(objects)).toEqual(['NetworkPolicy shop/allow-api-to-api-egress', 'NetworkPolicy shop/allow-api-to-api-ingress']);
  });

  test('AllowIngress writes the half of the destination only', () => {
    const { flows, reach } = isolated(cni, ({ api: to }, chart) => {
      new AllowIngress(chart, 'in', { to, from: [Peer.pods({ app: 'web' }, { name: 'web' })], ports: [Port.tcp(8080)] });
    });
    expect(flows).toEqual([]);
    expect(reach.allows({ from: pod('shop', { app: 'web' }, { name: 'other' }), to: 'shop/api', port: 8080 })).toBe(false);
  });

  test('AllowIngress from anyone opens the port to the world, and no other', () => {
    const { reach, objects } = isolated(cni, ({ api: to }, chart) => {
      new AllowIngress(chart, 'in', { to, from: [Peer.anywhere()], ports: [Port.tcp(8080)] });
    });
    expect(reach.allows({ from: 'ip:203.0.113.9', to: 'shop/api', port: 8080 })).toBe(true);
    expect(reach.allows({ from: 'ip:203.0.113.9', to: 'shop/api', port: 8081 })).toBe(false);
    expect(reach.allows({ from: 'ip:203.0.113.9', to: 'shop/web', port: 8080 })).toBe(false);
    expect(names(objects)).toEqual(['NetworkPolicy shop/allow-anywhere-to-api']);
  });

  test('AllowEgress to a CIDR opens the range without its excepts', () => {
    const { reach } = isolated(cni, ({ api: from }, chart) => {
      const to = [Peer.cidr('192.0.2.0/24', { except: ['192.0.2.128/25'], name: 'bank' })];
      new AllowEgress(chart, 'out', { from, to, ports: [Port.tcp(443)] });
    });
    expect(reach.allows({ from: 'shop/api', to: 'ip:192.0.2.1', port: 443 })).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'ip:192.0.2.200', port: 443 })).toBe(false);
    expect(reach.allows({ from: 'shop/api', to: 'ip:192.0.3.1', port: 443 })).toBe(false);
    expect(reach.allows({ from: 'shop/web', to: 'ip:192.0.2.1', port: 443 })).toBe(false);
  });
});

describe('which kind a half is written as', () => {
  const half = (peer: Peer, ...ports: Port[]) => isolated(Cni.cilium('1.18', { nodeSelectors: true }), ({ api: to }, chart) => {
    new AllowIngress(chart, 'in', { to, from: [peer], ports: ports.length > 0 ? ports : [Port.tcp(8080)], name: 'half' });
  }).objects.find(({ metadata }) => metadata.name === 'half')!.kind;

  test.each([
    ['pods', Peer.pods({ app: 'web' })],
    ['a namespace', Peer.namespace('auth')],
    ['namespaces by label', Peer.namespaces({ team: 'a' })],
    ['any namespace', Peer.anyNamespace()],
    ['anywhere', Peer.anywhere()],
    ['a CIDR', Peer.cidr('10.0.0.0/8')],
  ])('%s: NetworkPolicy', (_, peer) => expect(half(peer)).toBe('NetworkPolicy'));

  test.each([
    ['an entity', Peer.entity(Entity.WORLD)],
    ['a service account', Peer.serviceAccount('web')],
    ['nodes', Peer.nodes({ zone: 'a' })],
    ['a CIDR group', Peer.cidrGroup('offices')],
  ])('%s: CiliumNetworkPolicy', (_, peer) => expect(half(peer)).toBe('CiliumNetworkPolicy'));

  test('ICMP: CiliumNetworkPolicy', () => expect(half(Peer.pods({ app: 'web' }), Port.icmp(8))).toBe('CiliumNetworkPolicy'));

  test('peers that need Cilium and peers that do not become one object that means both', () => {
    const { reach, objects } = isolated(Cni.cilium(), ({ api: to }, chart) => {
      const from = [Peer.entity(Entity.INGRESS), Peer.namespace('auth'), Peer.cidr('203.0.113.0/24', { name: 'office' })];
      new AllowIngress(chart, 'in', { to, from, ports: [Port.tcp(8080)], name: 'half' });
    });
    expect(names(objects)).toEqual(['CiliumNetworkPolicy shop/half']);
    for (const from of ['entity:ingress', 'ip:203.0.113.9']) expect(reach.allows({ from, to: 'shop/api', port: 8080 })).toBe(true);
    for (const from of ['entity:remote-node', 'ip:203.0.114.9', 'shop/web']) expect(reach.allows({ from, to: 'shop/api', port: 8080 })).toBe(false);
    expect(reach.allows({ from: 'entity:ingress', to: 'shop/api', port: 8081 })).toBe(false);
  });
});

describe('what an allow refuses', () => {
  const attempt = (cni: Cni, add: Parameters<typeof isolated>[1]) => () => isolated(cni, add);

  test('no port, no peer, a second allow for a pair, a peer without a name', () => {
    const cni = Cni.cilium();
    expect(attempt(cni, w => w.api.allowFrom(w.web))).toThrow(/test\/api \(Workload\): ports: given none; allowed: at least one port. Name the ports/);
    expect(attempt(cni, (w, c) => new AllowIngress(c, 'in', { to: w.api, from: [], ports: [Port.all()], name: 'in' }))).toThrow(/from: given an empty list/);
    expect(attempt(cni, (w, c) => new AllowEgress(c, 'out', { from: w.api, to: [Peer.anywhere()], ports: [] }))).toThrow(/ports: given an empty list/);
    expect(attempt(cni, w => { w.api.allowFrom(w.web, Port.tcp(1)); w.web.allowTo(w.api, Port.tcp(2)); })).toThrow(/a second allow-web-to-api-egress.*all ports of a pair in one call/);
    expect(attempt(cni, w => w.api.allowFrom(Peer.cidr('10.0.0.0/8'), Port.all()))).toThrow(/no name of its own.*Peer.cidr/);
  });

  test('pairs whose names only sound alike, unless one has a name of its own', () => {
    const worker = (c: Chart, home: string, name: string) => new Workload(c, `${home}.${name}`, { namespace: home, name, labels: { app: name } });
    const pairs = (name?: string) => attempt(Cni.calico(), (w, c) => {
      new Allow(c, 'first', { from: worker(c, 'a', 'b-c'), to: w.api, ports: [Port.tcp(1)] });
      new Allow(c, 'second', { from: worker(c, 'a-b', 'c'), to: w.api, ports: [Port.tcp(1)], name });
    });
    expect(pairs()).toThrow(/given a second allow-a-b-c-to-api; .*give one a `name`: Allow, AllowIngress, .* in place of allowFrom/);
    expect(pairs('allow-a-b.c-to-api')).not.toThrow();
    expect(attempt(Cni.calico(), w => [1, 2].forEach(port => w.api.allowFrom(Peer.anywhere(), Port.tcp(port))))).toThrow(/AllowIngress/);
    expect(attempt(Cni.calico(), w => w.api.allowFrom(Peer.anywhere(), Port.tcp(1), Port.tcp(2)))).not.toThrow();
    expect(pairs('')).toThrow(/name: given ""/);
  });

  test('what covers its neighbours', () => {
    const wide = (from: Peer[], ports: Port[]) => attempt(Cni.calico(), (w, c) => new AllowIngress(c, 'in', { to: w.api, from, ports, name: 'in' }));
    expect(wide([Peer.anywhere(), Peer.namespace('auth')], [Port.tcp(1)])).toThrow(/Peer.anywhere\(\) beside others/);
    expect(wide([Peer.namespace('auth')], [Port.all(), Port.tcp(1)])).toThrow(/Port.all\(\) beside others/);
    expect(wide([Peer.namespace('auth'), Peer.namespace('shop')], [Port.tcp(1), Port.tcp(2)])).not.toThrow();
  });

  test('a DNS name on ingress, and what the platform cannot do', () => {
    const from = (peer: Peer, ...ports: Port[]) => (w: { api: Workload }, c: Chart) =>
      new AllowIngress(c, 'in', { to: w.api, from: [peer], ports: ports.length > 0 ? ports : [Port.tcp(1)], name: 'in' });
    expect(attempt(Cni.cilium(), from(Peer.fqdn('example.com')))).toThrow(/test\/in \(AllowIngress\): from: given a DNS name/);
    expect(attempt(Cni.cilium(), w => w.api.allowTo(Peer.fqdn('example.com'), Port.tcp(443)))).toThrow(/to: given a DNS name.*AllowFqdn/);
    expect(attempt(Cni.calico(), from(Peer.entity(Entity.WORLD)))).toThrow(/a peer of kind entity on Calico; allowed: Cilium/);
    expect(attempt(Cni.calico(), from(Peer.anywhere(), Port.icmp(8)))).toThrow(/ICMP\/8 on Calico/);
    expect(attempt(Cni.cilium(), from(Peer.anywhere(), Port.sctp(5000)))).toThrow(/an SCTP port on a Cilium that was not declared to have `sctp`/);
    expect(attempt(Cni.cilium('1.18', { sctp: true }), from(Peer.anywhere(), Port.sctp(5000)))).not.toThrow();
    expect(attempt(Cni.cilium(), from(Peer.nodes({ a: 'b' })))).toThrow(/nodeSelectors/);
  });

  test('a name that would be too long, rather than cutting it', () => {
    // `allow-<id>-to-shop-api` in auth; `allow-<id>-to-api-ingress` where both live in shop.
    const long = (length: number, ns: string, name?: string) => attempt(Cni.calico(), (w, c) => {
      const peer = new Workload(c, 'x'.repeat(length), { namespace: ns, labels: { app: 'x' } });
      new Allow(c, 'allow', { from: peer, to: w.api, ports: [Port.tcp(1)], name });
    });
    expect(long(45, 'auth')).not.toThrow();
    expect(long(46, 'auth')).toThrow(/allow-x+-to-shop-api of 64 characters would be too long; allowed: at most 63 characters. Pass a `name`/);
    expect(long(42, 'shop')).not.toThrow();
    expect(long(43, 'shop')).toThrow(/allow-x+-to-api-ingress of 64 characters would be too long/);
    expect(long(46, 'auth', 'short')).not.toThrow();
    expect(long(1, 'shop', 'y'.repeat(55))).not.toThrow();
    expect(long(1, 'shop', 'y'.repeat(56))).toThrow(/name: given "y+-ingress".*1 to 63 characters/);
  });
});
