import { Chart } from 'cdk8s';
import {
  AllowIngress, CiliumClusterwideNetworkPolicy, CiliumNetworkPolicy, DefaultDeny, DnsRule, Entity, HttpPath, HttpRule, L7Allow,
  LabelExpression, LabelSelector, Peer, Port, Workload,
} from '../../src';
import { check } from '../../src/check';
import type { Manifest } from '../../src/manifests/manifest';
import { manifests, testApp } from '../support/synth';

/** An L7 allow from web to api on 8080, and what stands beside it. */
function beside(add: (chart: Chart, api: Workload, web: Workload) => void) {
  const chart = new Chart(testApp(), 'test', { namespace: 'shop' });
  const [api, web] = ['api', 'web'].map(app => new Workload(chart, app, { labels: { app } }));
  new L7Allow(chart, 'l7', { to: api!, from: [web!], port: Port.tcp(8080), http: [HttpRule.get(HttpPath.prefix('/v1'))] });
  add(chart, api!, web!);
  return () => manifests(chart.node.root as ReturnType<typeof testApp>);
}

const ingress = (chart: Chart, to: Workload, from: Peer, port: Port) => new AllowIngress(chart, 'plain', { to, from: [from], ports: [port], name: 'plain' });

describe('an L7 rule is void beside a plain allow', () => {
  test.each([
    ['of the same pair and port', Peer.pods({ app: 'web' }), Port.tcp(8080)],
    ['of a range that holds the port', Peer.pods({ app: 'web' }), Port.tcpRange(8000, 9000)],
    ['of every port', Peer.pods({ app: 'web' }), Port.all()],
    ['of the whole namespace', Peer.sameNamespace(), Port.tcp(8080)],
    ['of the namespace by name', Peer.namespace('shop'), Port.tcp(8080)],
    ['of every namespace', Peer.anyNamespace(), Port.tcp(8080)],
    ['of anyone', Peer.anywhere(), Port.tcp(8080)],
  ] as const)('%s', (_, from, port) => {
    expect(beside((chart, api) => ingress(chart, api, from, port))).toThrow(/cilium\/L7RuleVoided: .*allow-web-to-api-l7-ingress.*NetworkPolicy shop\/plain/);
  });

  test('in the same policy', () => {
    expect(beside((chart, api) => new CiliumNetworkPolicy(chart, 'both', {
      name: 'both',
      endpointSelector: api.selector,
      ingress: [{ from: [Peer.pods({ app: 'job' })], toPorts: [{ ports: [Port.tcp(9000)], http: [HttpRule.get(HttpPath.exact('/'))] }, { ports: [Port.tcpRange(8999, 9001)] }] }],
    }))).toThrow(/cilium\/L7RuleVoided: test\/both\/Resource: CiliumNetworkPolicy shop\/both/);
  });

  test('of a cluster-wide policy, that of any namespace or of this one', () => {
    const clusterwide = (endpointSelector: LabelSelector, from: Peer) => beside(chart => new CiliumClusterwideNetworkPolicy(chart, 'all', {
      name: 'all', endpointSelector, enableDefaultDeny: { ingress: false }, ingress: [{ from: [from], toPorts: [{ ports: [Port.tcp(8080)] }] }],
    }));
    const all = LabelSelector.all();
    const namespace = (...names: string[]) => LabelSelector.expressions(LabelExpression.in('k8s:io.kubernetes.pod.namespace', ...names));
    expect(clusterwide(all, Peer.anyNamespace())).toThrow(/L7RuleVoided: .*CiliumClusterwideNetworkPolicy all/);
    expect(clusterwide(namespace('shop'), Peer.entity(Entity.CLUSTER))).toThrow(/L7RuleVoided/);
    expect(clusterwide(all, Peer.entity(Entity.ALL))).toThrow(/L7RuleVoided/);
    expect(clusterwide(namespace('bank'), Peer.anywhere())).not.toThrow();
    expect(clusterwide(all, Peer.namespace('bank'))).not.toThrow();
    expect(clusterwide(all, Peer.entity(Entity.WORLD))).not.toThrow();
  });

  test('by the name of the port', () => {
    const named = (port: Port) => beside((chart, api, web) => {
      new L7Allow(chart, 'named', { to: api, from: [web], port: Port.named('http'), http: [HttpRule.get(HttpPath.exact('/'))], name: 'named' });
      ingress(chart, api, Peer.pods({ app: 'web' }), port);
    });
    expect(named(Port.named('http'))).toThrow(/L7RuleVoided: .*shop\/named\b/);
    expect(named(Port.named('grpc'))).not.toThrow();
  });

  test('of every pod of the namespace, as a subject', () => {
    expect(beside(chart => ingress(chart, Workload.allPods(chart, 'all'), Peer.pods({ app: 'web' }), Port.tcp(8080)))).toThrow(/L7RuleVoided/);
  });
});

describe('an L7 rule holds beside a plain allow', () => {
  test.each([
    ['of another port', Peer.pods({ app: 'web' }), Port.tcp(9090)],
    ['of another protocol', Peer.pods({ app: 'web' }), Port.udp(8080)],
    ['of another peer', Peer.pods({ app: 'job' }), Port.tcp(8080)],
    ['of the same labels in another namespace', Peer.pods({ app: 'web' }, { namespace: 'bank' }), Port.tcp(8080)],
    ['of a CIDR, which matches no pod', Peer.cidr('0.0.0.0/0'), Port.tcp(8080)],
  ] as const)('%s', (_, from, port) => {
    expect(beside((chart, api) => ingress(chart, api, from, port))).not.toThrow();
  });

  test('of another workload, in the other direction, and beside a default deny', () => {
    expect(beside((chart, api, web) => {
      new DefaultDeny(chart, 'deny');
      ingress(chart, web, Peer.pods({ app: 'web' }), Port.tcp(8080));
      api.allowTo(Peer.pods({ app: 'web' }, { name: 'web' }), Port.tcp(8080));
    })).not.toThrow();
  });

  test('and beside DNS rules that take any name', () => {
    expect(beside((chart, _, web) => new L7Allow(chart, 'dns', { from: [web], dns: [DnsRule.any()] }))).not.toThrow();
  });
});

describe('an L7 rule for one that is no pod', () => {
  const policies = (restricted: object, plain: object): Manifest[] => [
    { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'l7', namespace: 'shop' }, spec: { endpointSelector: {}, ...l7(restricted) } },
    { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'plain', namespace: 'shop' }, spec: { endpointSelector: {}, ...l4(plain) } },
  ];
  const ports = [{ port: '443', protocol: 'TCP' }];
  const l7 = (item: object) => ({ egress: [{ ...item, toPorts: [{ ports, rules: { http: [{ method: 'GET' }] } }] }] });
  const l4 = (item: object) => ({ egress: [{ ...item, toPorts: [{ ports }] }] });
  const voided = (restricted: object, plain: object) => check(policies(restricted, plain)).some(({ id }) => id === 'cilium/L7RuleVoided');

  test.each([
    [{ toEntities: ['world'] }, { toEntities: ['all'] }, true],
    [{ toEntities: ['world'] }, {}, true],
    [{ toEntities: ['host'] }, { toEntities: ['cluster'] }, true],
    [{ toEntities: ['world'] }, { toEntities: ['cluster'] }, false],
    [{ toCIDR: ['192.0.2.0/25'] }, { toCIDR: ['192.0.2.0/24'] }, true],
    [{ toCIDR: ['192.0.2.0/25'] }, { toEntities: ['world'] }, true],
    [{ toCIDR: ['192.0.2.0/24'] }, { toCIDR: ['192.0.2.0/25'] }, false],
    [{ toCIDR: ['192.0.2.0/25'] }, { toCIDRSet: [{ cidr: '192.0.2.0/24', except: ['192.0.2.0/26'] }] }, false],
    [{ toFQDNs: [{ matchName: 'api.example.com' }] }, { toEntities: ['world'] }, true],
    [{ toFQDNs: [{ matchName: 'api.example.com' }] }, { toFQDNs: [{ matchName: 'www.example.com' }] }, false],
    [{}, {}, true],
    [{}, { toEntities: ['world'] }, false],
  ])('%j beside a plain allow of %j: %s', (restricted, plain, expected) => {
    expect(voided(restricted, plain)).toBe(expected);
  });
});
