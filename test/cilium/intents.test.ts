import { Chart } from 'cdk8s';
import {
  AllowFqdn, CidrGroup, ClusterBaseline, ClusterBaselineProps, Cni, DefaultDeny, DenyEgress, DenyIngress, DnsResolver, Entity, Peer,
  Platform, PlatformProps, Port, Workload,
} from '../../src';
import { namespace, pod, Reach } from '../support/reach';
import { manifests, testApp } from '../support/synth';

const world = [
  ...['shop', 'auth', 'kube-system', 'kyverno'].map(name => namespace(name)),
  ...['web', 'api'].map(app => pod('shop', { app }, { name: app })),
  pod('auth', { app: 'idp' }, { name: 'idp' }),
  pod('kyverno', { app: 'admission' }, { name: 'admission' }),
  pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'coredns' }),
];

function shop(add: (api: Workload, chart: Chart) => void, props: PlatformProps = {}) {
  const app = testApp();
  new Platform(app, 'platform', props);
  const chart = new Chart(app, 'test', { namespace: 'shop' });
  add(new Workload(chart, 'api', { labels: { app: 'api' } }), chart);
  const objects = manifests(app);
  return { objects, reach: new Reach([...objects, ...world], { dataplane: 'cilium' }) };
}

describe('AllowFqdn', () => {
  const allow = (props: Omit<ConstructorParameters<typeof AllowFqdn>[2], 'from'>) => shop((from, chart) => {
    const deny = new DefaultDeny(chart, 'deny');
    if (props.restrictDns) deny.allowDns!.exempt(from);
    new AllowFqdn(chart, 'fqdn', { from, ...props });
  });
  const opens = (reach: Reach, to: string, port = 443, from = 'shop/api') => reach.allows({ from, to: `fqdn:${to}`, port });

  test('opens the host on 443 for the workload, and no other host, port or workload', () => {
    const { reach, objects } = allow({ names: ['api.stripe.com'] });
    expect(opens(reach, 'api.stripe.com')).toBe(true);
    expect([opens(reach, 'files.stripe.com'), opens(reach, 'api.stripe.com', 80), opens(reach, 'api.stripe.com', 443, 'shop/web')]).toEqual([false, false, false]);
    expect(reach.allows({ from: 'shop/api', to: 'kube-system/coredns', port: 53, protocol: 'UDP', dns: 'anything.org' })).toBe(true);
    expect(objects.at(-1)!.metadata).toEqual({ name: 'allow-api-to-api-stripe-com', namespace: 'shop' });
  });

  test('opens patterns and ports as told', () => {
    const { reach } = allow({ patterns: ['*.example.com'], ports: [Port.tcp(8443)], name: 'allow-example' });
    expect([opens(reach, 'a.example.com', 8443), opens(reach, 'example.com', 8443), opens(reach, 'a.example.com')]).toEqual([true, false, false]);
  });

  test('lets the workload look up these names only, when told so', () => {
    const { reach } = allow({ names: ['api.stripe.com'], restrictDns: true });
    const asks = (dns: string) => reach.allows({ from: 'shop/api', to: 'kube-system/coredns', port: 53, protocol: 'UDP', dns });
    expect([asks('api.stripe.com'), asks('api.stripe.com.shop.svc.cluster.local'), asks('evil.org')]).toEqual([true, true, false]);
    expect(opens(reach, 'api.stripe.com')).toBe(true);
  });

  test('reads the answers of whatever resolver the platform has', () => {
    const { reach } = shop((from, chart) => new AllowFqdn(chart, 'f', { from, names: ['a.example.com'] }), { dns: DnsResolver.nodeLocalDns() });
    expect(opens(reach, 'a.example.com')).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'entity:host', port: 53, protocol: 'UDP', dns: 'a.example.com' })).toBe(true);
  });

  test('refuses no name, and patterns without a name of its own', () => {
    expect(() => allow({})).toThrow(/test\/fqdn \(AllowFqdn\): names: given none/);
    expect(() => allow({ patterns: ['*.example.com'] })).toThrow(/no name of its own/);
  });
});

describe('DenyIngress and DenyEgress', () => {
  test('win over every allow, for the peer and port, and isolate nothing', () => {
    const { reach, objects } = shop((api, chart) => {
      api.allowFrom(Peer.namespace('auth'), Port.tcp(80), Port.tcp(81));
      new DenyIngress(chart, 'deny', { to: api, from: [Peer.namespace('auth')], ports: [Port.tcp(80)] });
    });
    expect(reach.allows({ from: 'auth/idp', to: 'shop/api', port: 80 })).toBe(false);
    expect(reach.allows({ from: 'auth/idp', to: 'shop/api', port: 81 })).toBe(true);
    expect(objects.at(-1)!.metadata.name).toBe('deny-auth-to-api');
  });

  test('leave the rest open where nothing else isolates', () => {
    const { reach } = shop((api, chart) => {
      new DenyEgress(chart, 'smtp', { from: api, to: [Peer.anywhere()], ports: [Port.tcp(25)] });
      new DenyIngress(chart, 'host', { to: api, from: [Peer.entity(Entity.WORLD), Peer.namespace('auth')], ports: [Port.all()], name: 'closed' });
    });
    expect(reach.allows({ from: 'shop/api', to: 'ip:203.0.113.5', port: 25 })).toBe(false);
    expect(reach.allows({ from: 'shop/api', to: 'ip:203.0.113.5', port: 26 })).toBe(true);
    expect(reach.allows({ from: 'shop/web', to: 'shop/api', port: 80 })).toBe(true);
    expect([reach.allows({ from: 'auth/idp', to: 'shop/api', port: 80 }), reach.allows({ from: 'ip:203.0.113.5', to: 'shop/api', port: 80 })]).toEqual([false, false]);
  });

  test('isolate when asked', () => {
    const { reach } = shop((api, chart) => {
      new DenyIngress(chart, 'deny', { to: api, from: [Peer.namespace('auth')], ports: [Port.all()], isolate: true });
    });
    expect(reach.allows({ from: 'shop/web', to: 'shop/api', port: 80 })).toBe(false);
    expect(reach.allows({ from: 'shop/api', to: 'shop/web', port: 80 })).toBe(true);
  });

  test('know no DNS names, and need Cilium', () => {
    const deny = (peer: Peer, props?: PlatformProps) => () => shop((from, chart) => new DenyEgress(chart, 'd', { from, to: [peer], ports: [Port.all()], name: 'd' }), props);
    expect(deny(Peer.fqdn('example.com'))).toThrow(/egressDeny: given a DNS name/);
    expect(deny(Peer.namespace('auth'), { cni: Cni.calico() })).toThrow(/a deny on Calico.*DefaultDeny/);
  });
});

describe('ClusterBaseline', () => {
  const baseline = (props: ClusterBaselineProps = {}, platform: PlatformProps = {}, isolated = false) => shop((_, chart) => {
    new ClusterBaseline(chart, 'base', props);
    if (isolated) new DefaultDeny(chart, 'deny', { dns: false });
  }, platform);

  test('isolates nobody', () => {
    const { reach } = baseline();
    expect(reach.allows({ from: 'auth/idp', to: 'shop/api', port: 80 })).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'ip:203.0.113.5', port: 80 })).toBe(true);
    expect(reach.allows({ from: 'kyverno/admission', to: 'shop/api', port: 80 })).toBe(true);
  });

  test('gives isolated pods DNS, and closes the metadata service for all but system namespaces', () => {
    const { reach } = baseline({}, {}, true);
    expect(reach.allows({ from: 'shop/api', to: 'kube-system/coredns', port: 53, protocol: 'UDP' })).toBe(true);
    expect(reach.allows({ from: 'auth/idp', to: 'ip:169.254.169.254', port: 80 })).toBe(false);
    expect(reach.allows({ from: 'kyverno/admission', to: 'ip:169.254.169.254', port: 80 })).toBe(true);
  });

  test('lets health endpoints and nodes check each other', () => {
    const { reach } = baseline();
    expect(reach.allows({ from: 'entity:remote-node', to: 'entity:health', port: 4240 })).toBe(true);
  });

  test('closes ports to the world, and leaves namespaces out', () => {
    const { reach } = baseline({ denyFromWorld: [Port.tcp(22)], exceptNamespaces: ['auth'] });
    expect(reach.allows({ from: 'ip:203.0.113.5', to: 'shop/api', port: 22 })).toBe(false);
    expect(reach.allows({ from: 'ip:203.0.113.5', to: 'shop/api', port: 23 })).toBe(true);
    expect(reach.allows({ from: 'ip:203.0.113.5', to: 'auth/idp', port: 22 })).toBe(true);
    expect(reach.allows({ from: 'shop/web', to: 'shop/api', port: 22 })).toBe(true);
  });

  test('writes what is asked, cluster-scoped, with its prefix', () => {
    const { objects } = baseline({ dns: false, health: false, namePrefix: 'platform' });
    expect(objects.map(({ kind, metadata }) => [kind, metadata])).toEqual([['CiliumClusterwideNetworkPolicy', { name: 'platform-deny-metadata-service' }]]);
    expect(() => baseline({}, { cni: Cni.calico() })).toThrow(/a cluster-wide policy on Calico.*for each namespace/);
  });

  test('keeps a resolver on the metadata address reachable', () => {
    const { reach } = baseline({}, { dns: DnsResolver.gkeCloudDns() });
    expect(reach.allows({ from: 'shop/api', to: 'ip:169.254.169.254', port: 53, protocol: 'UDP' })).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'ip:169.254.169.254', port: 80 })).toBe(false);
  });
});

describe('CidrGroup', () => {
  const offices = ['203.0.113.0/24', '198.51.100.0/24'];
  test('is a peer for its ranges', () => {
    const { reach, objects } = shop((api, chart) => {
      new DefaultDeny(chart, 'deny');
      api.allowFrom(new CidrGroup(chart, 'offices', { cidrs: offices }).peer({ except: ['203.0.113.128/25'] }), Port.tcp(443));
    });
    const opens = (ip: string) => reach.allows({ from: `ip:${ip}`, to: 'shop/api', port: 443 });
    expect([opens('203.0.113.1'), opens('198.51.100.9'), opens('203.0.113.200'), opens('192.0.2.1')]).toEqual([true, true, false, false]);
    expect(objects.find(({ kind }) => kind === 'CiliumCIDRGroup')).toMatchObject({ apiVersion: 'cilium.io/v2', metadata: { name: 'offices' } });
  });

  test('is v2alpha1 before Cilium 1.18, and refuses what is no range', () => {
    const group = (version: string, cidrs: string[]) => shop((_, chart) => new CidrGroup(chart, 'g', { cidrs }), { cni: Cni.cilium(version) }).objects[0]!;
    expect(group('1.17', offices).apiVersion).toBe('cilium.io/v2alpha1');
    expect(group('1.18', ['198.51.100.0/24', '10.0.0.0/8', '10.0.0.0/8']).spec).toEqual({ externalCIDRs: ['10.0.0.0/8', '198.51.100.0/24'] });
    expect(() => group('1.18', ['10.0.0.1'])).toThrow(/test\/g \(CidrGroup\): cidrs: given "10.0.0.1"/);
  });
});
