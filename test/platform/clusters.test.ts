import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Allow, AllowDns, AllowEgress, AllowGateway, AllowIngress, Cni, DefaultDeny, DenyEgress, DenyIngress, DnsResolver, DnsRule, Gateway,
  HttpRule, L7Allow, LabelSelector, NetworkPolicy, Peer, Platform, PolicyType, Port, Workload,
} from '../../src';
import { manifests, testApp } from '../support/synth';

describe('several clusters in an app', () => {
  test('each gets its own kind of policy for the same intent', () => {
    const app = testApp();
    const cluster = (name: string, cni: Cni) => {
      const scope = new Construct(app, name);
      new Platform(scope, 'platform', { cni, dns: DnsResolver.nodeLocalDns() });
      return new AllowDns(new Chart(scope, 'shop', { namespace: 'shop' }), 'dns').apiObject.kind;
    };
    expect([cluster('old', Cni.calico()), cluster('new', Cni.cilium())]).toEqual(['NetworkPolicy', 'CiliumNetworkPolicy']);
  });

  test('may have objects of one identity, where one cluster may not', () => {
    const app = testApp();
    const [staging, production] = ['staging', 'production'].map(name => {
      const scope = new Construct(app, name);
      new Platform(scope, 'platform', { clusterName: name });
      return scope;
    });
    const deny = (scope: Construct, id: string) => new DefaultDeny(new Chart(scope, id, { namespace: 'shop' }), 'deny');
    deny(staging!, 'one');
    expect(() => deny(production!, 'one')).not.toThrow();
    expect(() => deny(production!, 'two')).toThrow(/production\/two\/deny \(DefaultDeny\): name: given .*default-deny.*, which production\/one\/deny \(DefaultDeny\) makes already.*cluster production/);
  });

  test('are checked apart: what one of them lacks is no finding of the other', () => {
    const app = testApp();
    const deny = (name: string, cni: Cni) => {
      const scope = new Construct(app, name);
      new Platform(scope, 'platform', { cni });
      new DefaultDeny(new Chart(scope, 'shop', { namespace: 'shop' }), 'deny', { dns: false });
    };
    deny('good', Cni.calico());
    expect(() => manifests(app)).not.toThrow();
    deny('bad', Cni.flannel());
    expect(() => manifests(app)).toThrow(/CniEnforcesNothing.*a network policy on flannel/);
  });

  test('a nearer platform wins over that of the app, below its scope only', () => {
    const app = testApp();
    const whole = new Platform(app, 'platform', { kyverno: '1.18' });
    const edge = new Construct(app, 'edge');
    const own = new Platform(edge, 'platform', { kyverno: '1.17' });
    const inner = new Chart(new Construct(edge, 'room'), 'shop');
    expect([Platform.of(inner), Platform.of(edge), Platform.of(new Chart(app, 'shop')), Platform.of(app)]).toEqual([own, own, whole, whole]);
  });
});

describe('workloads of two clusters', () => {
  const clusters = () => {
    const app = testApp();
    const [here, there] = ['here', 'there'].map(name => {
      const scope = new Construct(app, name);
      new Platform(scope, 'platform', { clusterName: name });
      const chart = new Chart(scope, 'shop', { namespace: 'shop' });
      return { chart, api: new Workload(chart, 'api', { labels: { app: 'api' } }), web: new Workload(chart, 'web', { labels: { app: 'web' } }) };
    });
    return { here: here!, there: there! };
  };
  const ports = [Port.tcp(80)];
  const INTENTS: [string, (chart: Chart, from: Workload, to: Workload) => unknown][] = [
    ['allowFrom', (_, from, to) => to.allowFrom(from, ...ports)],
    ['allowTo', (_, from, to) => from.allowTo(to, ...ports)],
    ['Allow', (chart, from, to) => new Allow(chart, 'x', { from, to, ports })],
    ['AllowIngress', (chart, from, to) => new AllowIngress(chart, 'x', { from: [from], to, ports })],
    ['AllowEgress', (chart, from, to) => new AllowEgress(chart, 'x', { from, to: [to], ports })],
    ['AllowGateway', (chart, from, to) => new AllowGateway(chart, 'x', { gateway: Gateway.of(from), to, ports })],
    ['DenyIngress', (chart, from, to) => new DenyIngress(chart, 'x', { from: [from], to, ports })],
    ['DenyEgress', (chart, from, to) => new DenyEgress(chart, 'x', { from, to: [to], ports })],
    ['L7Allow', (chart, from, to) => new L7Allow(chart, 'x', { from: [from], to, port: Port.tcp(80), http: [HttpRule.any()] })],
    ['the sources of an L7Allow', (chart, from, to) => new L7Allow(chart, 'x', { from: [from, to], dns: [DnsRule.any()] })],
  ];

  test.each(INTENTS)('cannot be in one policy: %s', (_, make) => {
    const { here, there } = clusters();
    expect(() => make(here.chart, here.web, there.api))
      .toThrow(/peer: given (web|api) of the cluster \w+ \((here|there)\) and (api|web) of the cluster .*; allowed: workloads of one cluster.*Peer.cidr, or write an allow in each cluster/);
    expect(() => make(there.chart, there.web, there.api)).not.toThrow();
  });

  test('are told apart by their platforms, not by their charts', () => {
    const app = testApp();
    const [web, api] = ['web', 'api'].map(id => new Workload(new Chart(app, id, { namespace: id }), id, { labels: { app: id } }));
    expect(() => web!.allowTo(api!, Port.tcp(80))).not.toThrow();
  });
});

describe('a platform comes before its readers', () => {
  const read = (chart: Chart) => Platform.of(new Construct(chart, 'reader'));

  test('in a chart that has read that of the app', () => {
    const app = testApp();
    new Platform(app, 'platform');
    const chart = new Chart(app, 'shop');
    read(chart);
    expect(() => new Platform(chart, 'platform')).toThrow(/shop\/platform \(Platform\): position: given a Platform created after shop\/reader \(Construct\) had read the platform; allowed: a Platform before/);
    expect(() => new Platform(new Chart(app, 'other'), 'platform')).not.toThrow();
  });

  test('also between a chart and an app that has one of its own', () => {
    const app = testApp();
    const scope = new Construct(app, 'edge');
    new Platform(scope, 'platform');
    read(new Chart(scope, 'shop'));
    expect(() => new Platform(app, 'platform')).not.toThrow();
  });

  test('whatever the platform is called', () => {
    const app = testApp();
    new Platform(app, 'DefaultPlatform', { cni: Cni.calico() });
    expect(() => new Platform(app, 'another')).toThrow(/another \(Platform\): scope: given app, which has DefaultPlatform \(Platform\) already/);
  });
});

test('a platform says what it was told, sorted and once, and knows the rest by default', () => {
  const told = new Platform(testApp(), 'p', {
    podCidrs: ['fd00::/8', '10.42.0.0/16', '10.1.0.0/16'],
    apiServer: { cidrs: ['192.0.2.1/32'], port: 6443, tunnelled: true },
    clusterName: 'edge-1',
    clusterDomain: 'k8s.example.com',
    systemNamespaces: ['ops', 'kube-system', 'ops'],
    fluxLockdown: false,
  });
  expect(told).toMatchObject({
    podCidrs: ['10.1.0.0/16', '10.42.0.0/16', 'fd00::/8'],
    apiServerCidrs: ['192.0.2.1/32'],
    apiServerPorts: [6443],
    apiServerTunnelled: true,
    clusterName: 'edge-1',
    clusterDomain: 'k8s.example.com',
    systemNamespaces: ['kube-system', 'ops'],
    fluxLockdown: false,
  });
  const silent = new Platform(testApp(), 'p');
  expect(silent).toMatchObject({
    podCidrs: [],
    serviceCidrs: [],
    nodeCidrs: [],
    apiServerCidrs: [],
    apiServerPorts: [443, 6443],
    apiServerTunnelled: false,
    clusterName: 'default',
    clusterDomain: 'cluster.local',
    fluxLockdown: true,
  });
  expect(silent.systemNamespaces).toEqual(expect.arrayContaining(['kube-system', 'kyverno', 'flux-system']));
  expect([silent.gateway, silent.prometheus, silent.telemetry]).toEqual([undefined, undefined, undefined]);
});

describe('the namespace of an object', () => {
  test('is the one given, then that of the chart, and an error without either', () => {
    const app = testApp();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new DefaultDeny(chart, 'own', { dns: false });
    new DefaultDeny(chart, 'other', { namespace: 'auth', dns: false });
    expect(manifests(app).map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'auth']);
    expect(() => new DefaultDeny(new Chart(app, 'bare'), 'deny')).toThrow(/bare\/deny \(DefaultDeny\): namespace: given none; allowed: the name of a namespace. Pass `namespace`/);
  });

  test('is written on the object, so that nothing depends on where it is applied', () => {
    const app = testApp();
    const chart = new Chart(app, 'shop');
    new Workload(chart, 'api', { namespace: 'shop', labels: { app: 'api' } }).allowTo(Peer.anywhere(), Port.all());
    expect(manifests(app)[0]!.metadata).toEqual({ name: 'allow-api-to-anywhere', namespace: 'shop' });
  });
});

test('an object that the library did not make is checked with the rest', () => {
  const app = testApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny' } };
  new NetworkPolicy(chart, 'ours', { name: 'deny', podSelector: LabelSelector.all(), policyTypes: [PolicyType.INGRESS] });
  new ApiObject(chart, 'theirs', { ...policy, spec: { podSelector: {} } });
  expect(() => manifests(app)).toThrow(/identity\/DuplicateObject: .*shop\/theirs/);
});
