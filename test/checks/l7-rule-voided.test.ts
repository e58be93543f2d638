import { Chart } from 'cdk8s';
import { AllowIngress, DefaultDeny, DnsRule, HttpPath, HttpRule, L7Allow, Peer, Port, Workload } from '../../src';
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
