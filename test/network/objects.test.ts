import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { objectsOf } from './support';
import {
  Allow, AllowDns, AllowEgress, AllowFqdn, AllowGateway, AllowIngress, AllowInternet, AllowKubeApi, AllowSameNamespace, AllowScrape,
  AllowTelemetry, AllowWebhook, AuthenticationMode, ClusterBaseline, Cni, DefaultDeny, DenyDirection, DenyEgress, DenyIngress,
  DenyMetadataService, Entity, Gateway, Peer, PlatformProps, Port, Prometheus, TelemetryCollector, Workload,
} from '../../src';

const ports = [Port.tcp(8080)];
const anyone = [Peer.anywhere()];
const platform: PlatformProps = {
  gateway: Gateway.traefik(), prometheus: Prometheus.kubePrometheusStack(), telemetry: TelemetryCollector.openTelemetry(), apiServer: { cidrs: ['192.0.2.1/32'] },
};
const written = (props: PlatformProps, add: (chart: Chart, api: Workload) => void) => objectsOf({ ...platform, ...props }, chart => {
  add(chart, new Workload(chart, 'api', { labels: { app: 'api' } }));
});

type Make = (chart: Chart, api: Workload, name?: string) => unknown;
const INTENTS: [string, string[], Make][] = [
  ['Allow', ['allow-idp-to-api-egress', 'allow-idp-to-api-ingress'], (c, to, name) => new Allow(c, 'x', { from: new Workload(c, 'idp', { labels: { app: 'idp' } }), to, ports, name })],
  ['AllowIngress', ['allow-anywhere-to-api'], (c, to, name) => new AllowIngress(c, 'x', { to, from: anyone, ports, name })],
  ['AllowEgress', ['allow-api-to-anywhere'], (c, from, name) => new AllowEgress(c, 'x', { from, to: anyone, ports, name })],
  ['AllowDns', ['allow-dns'], (c, _, name) => new AllowDns(c, 'x', { name })],
  ['AllowSameNamespace', ['allow-same-namespace'], (c, _, name) => new AllowSameNamespace(c, 'x', { name })],
  ['AllowGateway', ['allow-traefik-traefik-to-api'], (c, to, name) => new AllowGateway(c, 'x', { to, ports, name })],
  ['AllowScrape', ['allow-monitoring-prometheus-to-api'], (c, to, name) => new AllowScrape(c, 'x', { to, ports, name })],
  ['AllowTelemetry', ['allow-api-to-monitoring-opentelemetry-collector'], (c, from, name) => new AllowTelemetry(c, 'x', { from, name })],
  ['AllowKubeApi', ['allow-api-to-kube-apiserver'], (c, from, name) => new AllowKubeApi(c, 'x', { from, name })],
  ['AllowWebhook', ['allow-kube-apiserver-to-api'], (c, to, name) => new AllowWebhook(c, 'x', { to, ports, name })],
  ['AllowInternet', ['allow-api-to-internet'], (c, from, name) => new AllowInternet(c, 'x', { from, ports, name })],
  ['DefaultDeny', ['default-deny'], (c, _, name) => new DefaultDeny(c, 'x', { dns: false, name })],
  ['DenyMetadataService', ['deny-metadata-service'], (c, _, name) => new DenyMetadataService(c, 'x', { name })],
];

describe('every intent', () => {
  test.each(INTENTS)('%s has a name of its own, or the one that it is given', (intent, names, make) => {
    const named = (name?: string) => written({}, (chart, api) => make(chart, api, name)).map(({ metadata }) => metadata.name).sort();
    expect(named()).toEqual(names);
    expect(named('another')).toEqual(intent === 'Allow' ? ['another-egress', 'another-ingress'] : ['another']);
    expect(() => named('Another_One')).toThrow(/\): name: given "Another_One.*; allowed: lower-case letters/);
  });

  test.each(INTENTS)('%s writes its objects into the namespace of the chart', (_, __, make) => {
    expect(new Set(written({}, make).map(({ metadata }) => metadata.namespace))).toEqual(new Set(['shop']));
  });

  test.each(INTENTS.filter(([intent]) => intent !== 'DenyMetadataService'))('%s says which directions it isolates, on any CNI', (_, __, make) => {
    for (const { spec } of written({ cni: Cni.calico() }, make)) {
      const rules = [...(spec.ingress ? ['Ingress'] : []), ...(spec.egress ? ['Egress'] : [])];
      expect(spec.policyTypes).toEqual(rules.length > 0 ? rules : ['Ingress', 'Egress']);
    }
  });
});

test.each([
  [DenyDirection.BOTH, ['Ingress', 'Egress']],
  [DenyDirection.INGRESS, ['Ingress']],
  [DenyDirection.EGRESS, ['Egress']],
])('DefaultDeny %s says so', (direction, policyTypes) => {
  const [policy] = written({}, chart => new DefaultDeny(chart, 'deny', { direction, dns: false }));
  expect(policy).toMatchObject({ kind: 'NetworkPolicy', spec: { podSelector: {}, policyTypes } });
  expect(Object.keys(policy!.spec)).toEqual(['podSelector', 'policyTypes']);
});

test('DenyMetadataService turns on no default deny', () => {
  const [policy] = written({}, chart => new DenyMetadataService(chart, 'deny'));
  expect(policy!.spec.enableDefaultDeny).toEqual({ ingress: false, egress: false });
});

describe('authentication', () => {
  const mutual = { cni: Cni.cilium('1.18', { mutualAuthentication: true }) };
  const idp = (chart: Chart) => new Workload(chart, 'idp', { namespace: 'auth', labels: { app: 'idp' } });

  test('is asked for at the destination, where it is decided', () => {
    const objects = written(mutual, (chart, to) => new Allow(chart, 'x', { from: idp(chart), to, ports, authentication: AuthenticationMode.REQUIRED }));
    expect(objects.map(({ kind, metadata, spec }) => [kind, metadata.namespace, spec.ingress?.[0].authentication])).toEqual([
      ['CiliumNetworkPolicy', 'shop', { mode: 'required' }],
      ['NetworkPolicy', 'auth', undefined],
    ]);
  });

  test('is asked of every peer of a half', () => {
    const from = [idp, () => Peer.entity(Entity.INGRESS)];
    const [policy] = written(mutual, (chart, to) => {
      new AllowIngress(chart, 'x', { to, from: from.map(make => make(chart)), ports, authentication: AuthenticationMode.REQUIRED });
    });
    expect(policy!.spec.ingress.map(({ authentication }: { authentication: object }) => authentication)).toEqual([{ mode: 'required' }, { mode: 'required' }]);
  });

  test('needs a platform that has it', () => {
    const ask = (props: PlatformProps) => () => written(props, (chart, to) => {
      new AllowIngress(chart, 'x', { to, from: anyone, ports, authentication: AuthenticationMode.REQUIRED });
    });
    expect(ask({})).toThrow(/test\/x \(AllowIngress\): platform: given mutual authentication on a Cilium that was not declared to have `mutualAuthentication`/);
    expect(ask({ cni: Cni.calico() })).toThrow(/given mutual authentication on Calico; allowed: Cilium/);
    expect(ask(mutual)).not.toThrow();
  });
});

test('AllowKubeApi opens the port that the platform says, or both that are usual', () => {
  const opened = (apiServer: PlatformProps['apiServer']) => written({ apiServer }, (chart, from) => new AllowKubeApi(chart, 'k', { from }))[0]!
    .spec.egress[0].toPorts[0].ports.map(({ port }: { port: string }) => port);
  expect(opened({})).toEqual(['443', '6443']);
  expect(opened({ port: 16443 })).toEqual(['16443']);
});

test.each<[string, Make]>([
  ...INTENTS.map(([intent, , make]): [string, Make] => [intent, make]),
  ['DefaultDeny with DNS', c => new DefaultDeny(c, 'x')],
  ['AllowFqdn', (c, from) => new AllowFqdn(c, 'x', { from, names: ['a.io'] })],
  ['DenyEgress', (c, from) => new DenyEgress(c, 'x', { from, to: anyone, ports })],
  ['DenyIngress', (c, to) => new DenyIngress(c, 'x', { to, from: anyone, ports })],
  ['ClusterBaseline', c => new ClusterBaseline(c, 'x', { denyFromWorld: ports })],
])('%s hands out every object that it adds', (_, make) => {
  let handedOut: string[] = [];
  const objects = written({}, (chart, api) => {
    handedOut = (make(chart, api) as { apiObjects: ApiObject[] }).apiObjects.map(({ kind, name }) => `${kind} ${name}`);
  });
  expect(handedOut.length).toBeGreaterThan(0);
  expect([...handedOut].sort()).toEqual(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort());
});

test('the object of an intent takes JSON patches', () => {
  const [policy] = written({}, (chart, to) => {
    new AllowIngress(chart, 'x', { to, from: anyone, ports }).apiObject.addJsonPatch(JsonPatch.add('/metadata/annotations', { note: 'patched' }));
  });
  expect(policy!.metadata.annotations).toEqual({ note: 'patched' });
});
