import { Chart } from 'cdk8s';
import {
  AllowDns, AllowGateway, AllowScrape, AllowTelemetry, Cni, DefaultDeny, DnsResolver, Gateway, IPeer, Peer, PlatformProps, Port, Prometheus,
  TelemetryCollector, Workload,
} from '../../src';
import { CNIS, objectsOf, reachOf } from '../network/support';
import { namespace, pod } from '../support/reach';
import { testApp } from '../support/synth';

const envoy = { 'app.kubernetes.io/name': 'envoy', 'app.kubernetes.io/managed-by': 'envoy-gateway', 'app.kubernetes.io/component': 'proxy' };
const nginx = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/instance': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
const named = (name: string) => ({ 'app.kubernetes.io/name': name });
const COMPONENTS: [string, string, Record<string, string>][] = [
  ['envoy-gateway-system', 'envoy', envoy],
  ['envoy-gateway-system', 'controller', { 'app.kubernetes.io/name': 'gateway-helm', 'app.kubernetes.io/component': 'controller' }],
  ['ingress-nginx', 'nginx', nginx],
  ['ingress-nginx', 'webhook', { ...nginx, 'app.kubernetes.io/component': 'admission-webhook' }],
  ['traefik', 'traefik', named('traefik')],
  ['istio-system', 'istio', { istio: 'ingressgateway' }],
  ['monitoring', 'prometheus', named('prometheus')],
  ['monitoring', 'alloy', named('alloy')],
  ['monitoring', 'otel', named('opentelemetry-collector')],
];
/** The components where they are by default, and all of them in a namespace of one's own choice. */
const pods = [
  pod('shop', { app: 'api' }, { name: 'api' }),
  ...[...new Set([...COMPONENTS.map(([ns]) => ns), 'shop', 'elsewhere'])].map(ns => namespace(ns)),
  ...COMPONENTS.flatMap(([ns, name, labels]) => [pod(ns, labels, { name }), pod('elsewhere', labels, { name })]),
];
const everyone = COMPONENTS.flatMap(([ns, name]) => [`${ns}/${name}`, `elsewhere/${name}`]);

/** Those of the components that talk with `shop/api` on the port, in the direction of the construct. */
function talkers(cni: Cni, direction: 'in' | 'out', add: (chart: Chart, api: Workload) => void, port = 8080): string[] {
  const objects = objectsOf({ cni }, chart => {
    new DefaultDeny(chart, 'deny', { dns: false });
    add(chart, new Workload(chart, 'api', { labels: { app: 'api' } }));
  });
  const reach = reachOf(cni, objects, pods);
  return everyone.filter(other => reach.allows(direction === 'in' ? { from: other, to: 'shop/api', port } : { from: 'shop/api', to: other, port }));
}

describe.each(CNIS)('the presets on %s', (_, cni) => {
  test.each<[string, Gateway, string[]]>([
    ['Envoy Gateway', Gateway.envoyGateway(), ['envoy-gateway-system/envoy']],
    ['Envoy Gateway elsewhere', Gateway.envoyGateway({ namespace: 'elsewhere' }), ['elsewhere/envoy']],
    ['ingress-nginx', Gateway.ingressNginx(), ['ingress-nginx/nginx']],
    ['ingress-nginx elsewhere', Gateway.ingressNginx({ namespace: 'elsewhere' }), ['elsewhere/nginx']],
    ['Traefik', Gateway.traefik(), ['traefik/traefik']],
    ['Traefik elsewhere', Gateway.traefik({ namespace: 'elsewhere' }), ['elsewhere/traefik']],
    ['Istio', Gateway.istio(), ['istio-system/istio']],
    ['Istio elsewhere', Gateway.istio({ namespace: 'elsewhere' }), ['elsewhere/istio']],
    ['any other', Gateway.of(Peer.pods(named('traefik'), { namespace: 'elsewhere', name: 'edge' })), ['elsewhere/traefik']],
  ])('let in the gateway: %s', (_name, gateway, expected) => {
    expect(talkers(cni, 'in', (chart, to) => new AllowGateway(chart, 'g', { to, gateway, ports: [Port.tcp(8080)] }))).toEqual(expected);
  });

  test.each<[string, Prometheus, string[]]>([
    ['kube-prometheus-stack', Prometheus.kubePrometheusStack(), ['monitoring/prometheus']],
    ['Grafana Alloy elsewhere', Prometheus.grafanaAlloy({ namespace: 'elsewhere' }), ['elsewhere/alloy']],
    ['any other', Prometheus.of(Peer.namespace('traefik')), ['traefik/traefik']],
  ])('let in the scraper: %s', (_name, prometheus, expected) => {
    expect(talkers(cni, 'in', (chart, to) => new AllowScrape(chart, 's', { to, prometheus, ports: [Port.tcp(8080)] }))).toEqual(expected);
  });

  test.each<[string, TelemetryCollector, number[], string[]]>([
    ['OpenTelemetry', TelemetryCollector.openTelemetry(), [4317, 4318], ['monitoring/otel']],
    ['Grafana Alloy elsewhere', TelemetryCollector.grafanaAlloy({ namespace: 'elsewhere' }), [4317, 4318], ['elsewhere/alloy']],
    ['any other', TelemetryCollector.of(Peer.namespace('traefik'), Port.tcp(9000)), [9000], ['traefik/traefik']],
  ])('let out to the collector: %s', (_name, collector, ports, expected) => {
    const on = (port: number) => talkers(cni, 'out', (chart, from) => new AllowTelemetry(chart, 't', { from, collector }), port);
    for (const port of ports) expect(on(port)).toEqual(expected);
    expect(on(8080)).toEqual([]);
  });
});

test('a collector of one\'s own has ports, and a namespace is a namespace', () => {
  expect(() => TelemetryCollector.of(Peer.namespace('traefik'))).toThrow(/TelemetryCollector.of: ports: given none.*Name the ports/);
  expect(() => Gateway.traefik({ namespace: 'Traefik' })).toThrow(/namespace: given "Traefik"/);
});

describe('a component of one\'s own', () => {
  const MAKERS: [string, (peer: IPeer) => unknown][] = [
    ['Gateway.of', peer => Gateway.of(peer)],
    ['Prometheus.of', peer => Prometheus.of(peer)],
    ['TelemetryCollector.of', peer => TelemetryCollector.of(peer, Port.tcp(4317))],
    ['DnsResolver.of', peer => DnsResolver.of([Peer.namespace('dns'), peer])],
  ];

  test.each(MAKERS)('%s says where it runs: pods without a namespace would be those of each policy', (factory, make) => {
    const message = new RegExp(`${factory}: peer: given pods without a namespace.*namespace: 'infra'`);
    for (const peer of [Peer.pods({ app: 'x' }), Peer.sameNamespace(), Peer.serviceAccount('x')]) expect(() => make(peer)).toThrow(message);
    const workload = new Workload(new Chart(testApp(), 'infra', { namespace: 'infra' }), 'x', { labels: { app: 'x' } });
    const placed = [Peer.pods({ app: 'x' }, { namespace: 'infra' }), Peer.pods({ app: 'x' }, { anyNamespace: true }), Peer.cidr('192.0.2.0/24'), workload];
    for (const peer of placed) expect(() => make(peer)).not.toThrow();
  });

  test.each(MAKERS)('%s is a peer', (factory, make) => {
    expect(() => make(undefined as unknown as IPeer)).toThrow(new RegExp(`${factory}: peers?(\\[\\d\\])?: given nothing; allowed: a Peer or a Workload`));
  });
});

describe('DnsResolver', () => {
  const cilium = Cni.cilium();
  const asked = (dns: DnsResolver, to: string, cni = Cni.calico(), port = 53) => {
    const props: PlatformProps = { cni, dns };
    const objects = objectsOf(props, chart => {
      new DefaultDeny(chart, 'deny', { dns: false });
      new AllowDns(chart, 'dns');
    });
    const resolvers = [
      namespace('kube-system'), pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'kube-dns' }),
      pod('kube-system', { 'k8s-app': 'node-local-dns' }, { name: 'cache' }),
    ];
    const reach = reachOf(cni, objects, [...pods, ...resolvers]);
    return (['UDP', 'TCP'] as const).map(protocol => reach.allows({ from: 'shop/api', to, port, protocol }));
  };

  test('NodeLocal DNSCache answers on every address that it is told', () => {
    const both = DnsResolver.nodeLocalDns('169.254.20.10', '10.96.0.10');
    expect([asked(both, 'ip:169.254.20.10'), asked(both, 'ip:10.96.0.10'), asked(both, 'ip:10.96.0.11')]).toEqual([[true, true], [true, true], [false, false]]);
    expect(asked(DnsResolver.nodeLocalDns('10.96.0.10'), 'ip:169.254.20.10')).toEqual([false, false]);
    expect(asked(DnsResolver.nodeLocalDns('fd00::10'), 'ip:fd00::10')).toEqual([true, true]);
  });

  test('NodeLocal DNSCache may be pods of its own on any data plane, GKE Dataplane V2 for one', () => {
    expect(asked(DnsResolver.nodeLocalDns(), 'kube-system/cache', Cni.gkeDataplaneV2())).toEqual([true, true]);
    expect(asked(DnsResolver.kubeDns(), 'kube-system/cache', Cni.gkeDataplaneV2())).toEqual([false, false]);
  });

  test('takes addresses alone', () => {
    expect(() => DnsResolver.nodeLocalDns('169.254.20.10/32')).toThrow(/DnsResolver.nodeLocalDns: address: given "169.254.20.10\/32"; allowed: an IPv4 or IPv6 address.*without prefix/);
    expect(() => DnsResolver.nodeLocalDns('dns')).toThrow(/given "dns"/);
  });

  test('of another kind is a workload of the app as well, on the port that it listens on', () => {
    const objects = objectsOf({ cni: cilium }, chart => {
      const resolver = new Workload(chart, 'unbound', { namespace: 'elsewhere', labels: { app: 'unbound' } });
      new AllowDns(chart, 'dns', { resolver: DnsResolver.of([resolver], 5353) });
    });
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['allow-dns']);
    expect(objects[0]!.spec.egress).toEqual([{
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'elsewhere' } }, podSelector: { matchLabels: { app: 'unbound' } } }],
      ports: [{ port: 5353, protocol: 'TCP' }, { port: 5353, protocol: 'UDP' }],
    }]);
    expect(() => DnsResolver.of([Peer.anywhere()], 0)).toThrow(/Port.udp: port: given 0/);
  });
});
