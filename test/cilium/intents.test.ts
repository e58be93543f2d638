import { Chart } from 'cdk8s';
import { testRefusals } from './support';
import {
  AllowFqdn, CidrGroup, CiliumClusterwideNetworkPolicy, ClusterBaseline, ClusterBaselineProps, Cni, DefaultDeny, DenyEgress, DenyIngress,
  DnsResolver, Entity, Gateway, LabelSelector, Peer, Platform, PlatformProps, Port, Workload,
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

  test('opens every port, or ICMP, when told so', () => {
    const all = allow({ names: ['a.example.com'], ports: [Port.all()] }).reach;
    expect([opens(all, 'a.example.com', 25), opens(all, 'b.example.com', 25)]).toEqual([true, false]);
    const ping = (ports: Port[]) => allow({ names: ['a.example.com'], ports }).reach.allows({ from: 'shop/api', to: 'fqdn:a.example.com', icmpType: 8 });
    expect([ping([Port.tcp(443), Port.icmp(8)]), ping([Port.tcp(443)]), ping([Port.icmp(0)])]).toEqual([true, false, false]);
  });

  test('opens no pod or node, and no UDP port', () => {
    const { reach } = allow({ names: ['api.stripe.com'] });
    const peers = ['shop/web', 'auth/idp', 'entity:remote-node', 'ip:203.0.113.5'];
    expect(peers.filter(to => reach.allows({ from: 'shop/api', to, port: 443 }))).toEqual([]);
    expect(reach.allows({ from: 'shop/api', to: 'fqdn:api.stripe.com', port: 443, protocol: 'UDP' })).toBe(false);
  });

  test('is the same whatever the order, and with a name twice', () => {
    const spec = (names: string[], ports: Port[]) => allow({ name: 'out', names, ports }).objects.at(-1)!.spec;
    expect(spec(['b.io', 'a.io', 'b.io'], [Port.tcp(443), Port.tcp(80)])).toEqual(spec(['a.io', 'b.io'], [Port.tcp(80), Port.tcp(443), Port.tcp(80)]));
  });

  test('writes no DNS name that is too long to be asked for', () => {
    const long = `${'a'.repeat(60)}.`.repeat(4);
    const names = (name: string) => allow({ name: 'out', names: [name], restrictDns: true }).objects.at(-1)!.spec.egress[1].toPorts[0].rules.dns
      .map(({ matchName }: { matchName: string }) => matchName.length);
    expect(names(`${long}io`)).toEqual([246]);
    expect(names(`${long.slice(0, -9)}.io`)).toEqual([238, 252]);
  });

  test('beside an allow for any DNS name cannot restrict the names, and says so', () => {
    expect(() => shop((from, chart) => {
      new DefaultDeny(chart, 'deny');
      new AllowFqdn(chart, 'fqdn', { from, names: ['a.io'], restrictDns: true });
    })).toThrow(/cilium\/L7RuleVoided: .*allow-api-to-a-io.*NetworkPolicy shop\/allow-dns.*AllowDns.exempt/);
  });

  testRefusals([
    ['no name', () => allow({}), /test\/fqdn \(AllowFqdn\): names: given none; allowed: at least one name or pattern/, () => allow({ names: ['a.io'] })],
    ['a pattern, and no name of its own', () => allow({ patterns: ['*.a.io'] }), /name: given none, and a peer that has no name of its own/, () => allow({ patterns: ['*.a.io'], name: 'a' })],
    ['a pattern among the names', () => allow({ names: ['*.a.io'] }), /Peer.fqdn: DNS name: given "\*.a.io"; .*Use a pattern/, () => allow({ names: ['x.a.io'] })],
    [
      'the name of a Service', () => allow({ names: ['api.payments.svc.cluster.local'] }),
      /test\/fqdn \(AllowFqdn\): names: given "api.payments.svc.cluster.local"; allowed: names of hosts outside .*Workload.allowTo .*Peer.pods/, () => allow({ names: ['api.cluster.local.io'] }),
    ],
    [
      'a pattern of Services, completed or not', () => allow({ patterns: ['*.svc.'], name: 'x' }),
      /test\/fqdn \(AllowFqdn\): patterns: given "\*.svc."; .*not of svc:/, () => allow({ patterns: ['*.svc.io'], name: 'x' }),
    ],
    [
      'the domain of the platform', () => shop((from, chart) => new AllowFqdn(chart, 'f', { from, names: ['A.corp'] }), { clusterDomain: 'corp' }),
      /names: given "A.corp"; .*not of corp:/, () => shop((from, chart) => new AllowFqdn(chart, 'f', { from, names: ['a.corp'] })),
    ],
    ['an address', () => allow({ names: ['203.0.113.7'] }), /an address is never looked up. Use Peer.cidr\('203.0.113.7\/32'\)/, () => allow({ names: ['7.io'] })],
    ['no port', () => allow({ names: ['a.io'], ports: [] }), /test\/fqdn \(AllowFqdn\): ports: given an empty list/, () => allow({ names: ['a.io'], ports: [Port.allTcp()] })],
    ['the name of a port', () => allow({ names: ['a.io'], ports: [Port.named('https')] }), /test\/fqdn \(AllowFqdn\): ports: given TCP\/https beside a peer of kind fqdn/, () => allow({ names: ['a.io'], ports: [Port.tcp(8443)] })],
    ['every port beside others', () => allow({ names: ['a.io'], ports: [Port.all(), Port.tcp(1)] }), /Port.all\(\) beside others/, () => allow({ names: ['a.io'], ports: [Port.udp(1), Port.tcp(1)] })],
    [
      'a CNI without DNS names', () => shop((from, chart) => new AllowFqdn(chart, 'f', { from, names: ['a.io'] }), { cni: Cni.calico() }),
      /a DNS name on Calico; .*AllowInternet/, () => shop((from, chart) => new AllowFqdn(chart, 'f', { from, names: ['a.io'] })),
    ],
  ]);
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

  test('isolate the other direction when that is asked, and say so in the object', () => {
    const { reach, objects } = shop((api, chart) => {
      new DenyEgress(chart, 'deny', { from: api, to: [Peer.namespace('auth')], ports: [Port.tcp(80)], isolate: true });
    });
    expect([reach.allows({ from: 'shop/api', to: 'shop/web', port: 80 }), reach.allows({ from: 'shop/web', to: 'shop/api', port: 80 })]).toEqual([false, true]);
    expect(objects.at(-1)).toMatchObject({
      kind: 'CiliumNetworkPolicy', metadata: { name: 'deny-api-to-auth', namespace: 'shop' }, spec: { enableDefaultDeny: { ingress: false, egress: true } },
    });
  });

  test('deny every port and ICMP, ICMP alone, or ports alone', () => {
    const denied = (...ports: Port[]) => {
      const { reach } = shop((api, chart) => new DenyIngress(chart, 'd', { to: api, from: [Peer.namespace('auth')], ports }));
      const flow = { from: 'auth/idp', to: 'shop/api' };
      return [reach.denies({ ...flow, port: 80 }), reach.denies({ ...flow, port: 80, protocol: 'UDP' }), reach.denies({ ...flow, icmpType: 8 })];
    };
    expect(denied(Port.all())).toEqual([true, true, true]);
    expect(denied(Port.icmp(8))).toEqual([false, false, true]);
    expect(denied(Port.icmp(8), Port.udp(80))).toEqual([false, true, true]);
    expect(denied(Port.tcpRange(79, 81))).toEqual([true, false, false]);
  });

  test('are for the workload alone', () => {
    const { reach } = shop((api, chart) => {
      new DenyIngress(chart, 'in', { to: api, from: [Peer.anywhere()], ports: [Port.tcp(80)] });
      new DenyEgress(chart, 'out', { from: api, to: [Peer.anywhere()], ports: [Port.tcp(25)] });
    });
    expect([reach.denies({ from: 'auth/idp', to: 'shop/api', port: 80 }), reach.denies({ from: 'auth/idp', to: 'shop/web', port: 80 })]).toEqual([true, false]);
    expect([reach.denies({ from: 'shop/api', to: 'auth/idp', port: 25 }), reach.denies({ from: 'shop/web', to: 'auth/idp', port: 25 })]).toEqual([true, false]);
  });

  describe('refuse', () => {
    const deny = (peers: Peer[], ports: Port[], props?: PlatformProps) => () => shop((from, chart) => new DenyEgress(chart, 'd', { from, to: peers, ports }), props);
    const auth = [Peer.namespace('auth')];
    testRefusals([
      ['a DNS name', deny([Peer.fqdn('a.io')], [Port.all()]), /test\/d \(DenyEgress\): egressDeny: given a DNS name; .*Peer.cidr/, deny([Peer.cidr('192.0.2.7/32', { name: 'a' })], [Port.all()])],
      ['nobody', deny([], [Port.all()]), /test\/d \(DenyEgress\): to: given an empty list/, deny([Peer.anywhere()], [Port.all()])],
      ['the name of a port of the world', deny([Peer.entity(Entity.WORLD)], [Port.named('smtp')]), /ports: given TCP\/smtp beside a peer of kind entity/, deny([Peer.entity(Entity.CLUSTER)], [Port.named('smtp')])],
      ['no port', deny(auth, []), /test\/d \(DenyEgress\): ports: given an empty list; .*Port.all\(\)/, deny(auth, [Port.tcp(1)])],
      ['a peer without a name', deny([Peer.cidr('192.0.2.0/24')], [Port.all()]), /name: given none, and a peer that has no name of its own/, deny([Peer.cidr('192.0.2.0/24', { name: 'lab' })], [Port.all()])],
      ['a CNI without denies', deny(auth, [Port.all()], { cni: Cni.calico() }), /a deny on Calico.*A NetworkPolicy only allows.*DefaultDeny/, deny(auth, [Port.all()])],
    ]);
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

  test('lets health endpoints and nodes check each other under a default deny for all, and nobody else', () => {
    const { reach } = shop((_, chart) => {
      new ClusterBaseline(chart, 'base');
      new CiliumClusterwideNetworkPolicy(chart, 'all', { name: 'deny', endpointSelector: LabelSelector.all(), ingress: [{}], egress: [{}] });
    });
    const checks = (from: string, to: string, flow: object = { port: 4240 }) => reach.allows({ from, to, ...flow });
    expect([checks('entity:remote-node', 'entity:health'), checks('entity:health', 'entity:host'), checks('entity:remote-node', 'entity:health', { icmpType: 8 })]).toEqual([true, true, true]);
    expect([checks('shop/api', 'entity:health'), checks('entity:health', 'shop/api'), checks('entity:remote-node', 'entity:health', { port: 80 })]).toEqual([false, false, false]);
  });

  test('says in every policy that it isolates nothing', () => {
    const { objects } = baseline({ denyFromWorld: [Port.tcp(22)] });
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'allow-dns', 'allow-health', 'deny-metadata-service', 'deny-from-world',
    ].map(name => `CiliumClusterwideNetworkPolicy baseline-${name}`));
    for (const { spec } of objects) expect(spec.enableDefaultDeny).toEqual({ ingress: false, egress: false });
  });

  test('is for every pod, but for no endpoint of Cilium itself, when there is no system namespace', () => {
    const { objects, reach } = baseline({}, { systemNamespaces: [] });
    expect(objects[0]!.spec.endpointSelector).toEqual({ matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] });
    expect([reach.allows({ from: 'kyverno/admission', to: 'ip:169.254.169.254', port: 80 }), reach.allows({ from: 'entity:health', to: 'ip:169.254.169.254', port: 80 })]).toEqual([false, true]);
  });

  test('makes DNS rules void, which is an error that names both', () => {
    const restricted = (dns: boolean) => () => shop((from, chart) => {
      new ClusterBaseline(chart, 'base', { dns });
      new AllowFqdn(chart, 'fqdn', { from, names: ['a.io'], restrictDns: true });
    });
    expect(restricted(true)).toThrow(/cilium\/L7RuleVoided: .*allow-api-to-a-io.*CiliumClusterwideNetworkPolicy baseline-allow-dns/);
    expect(restricted(false)).not.toThrow();
  });

  test('leaves namespaces without its DNS, and gives them the rest', () => {
    const { reach } = shop((_, chart) => {
      new ClusterBaseline(chart, 'base', { exemptFromDns: ['shop'] });
      for (const ns of ['shop', 'auth']) new DefaultDeny(chart, ns, { namespace: ns, dns: false });
    });
    const asks = (from: string) => reach.allows({ from, to: 'kube-system/coredns', port: 53, protocol: 'UDP' });
    expect([asks('shop/api'), asks('auth/idp')]).toEqual([false, true]);
    const open = baseline({ exemptFromDns: ['shop'] }).reach;
    expect(open.allows({ from: 'shop/api', to: 'ip:169.254.169.254', port: 80 })).toBe(false);
  });

  test('leaves DNS rules their force in a namespace that is exempt, and in no other', () => {
    const restricted = (exempt: string) => () => shop((from, chart) => {
      new ClusterBaseline(chart, 'base', { exemptFromDns: [exempt] });
      new AllowFqdn(chart, 'fqdn', { from, names: ['a.io'], restrictDns: true });
    });
    expect(restricted('shop')).not.toThrow();
    expect(restricted('auth')).toThrow(/cilium\/L7RuleVoided/);
  });

  test('takes namespaces that are some, and no exemption from what there is not', () => {
    expect(() => baseline({ exemptFromDns: ['Shop'] })).toThrow(/test\/base \(ClusterBaseline\): exemptFromDns: given "Shop".*Write 'shop'/);
    expect(() => baseline({ excludeNamespaces: ['Shop_1'] })).toThrow(/test\/base \(ClusterBaseline\): excludeNamespaces: given "Shop_1"/);
    expect(() => baseline({ exemptFromDns: ['shop'], dns: false })).toThrow(/exemptFromDns: given shop, beside dns: false.*Leave it out/);
  });

  test('closes ports to the world, and leaves namespaces out', () => {
    const { reach } = baseline({ denyFromWorld: [Port.tcp(22)], excludeNamespaces: ['auth'] });
    expect(reach.allows({ from: 'ip:203.0.113.5', to: 'shop/api', port: 22 })).toBe(false);
    expect(reach.allows({ from: 'ip:203.0.113.5', to: 'shop/api', port: 23 })).toBe(true);
    expect(reach.allows({ from: 'ip:203.0.113.5', to: 'auth/idp', port: 22 })).toBe(true);
    expect(reach.allows({ from: 'shop/web', to: 'shop/api', port: 22 })).toBe(true);
    expect(reach.allows({ from: 'entity:remote-node', to: 'shop/api', port: 22 })).toBe(true);
    const ping = baseline({ denyFromWorld: [Port.icmp(8), Port.tcp(22)] }).reach;
    expect([ping.allows({ from: 'ip:203.0.113.5', to: 'shop/api', icmpType: 8 }), ping.allows({ from: 'shop/web', to: 'shop/api', icmpType: 8 })]).toEqual([false, true]);
    expect(() => baseline({ denyFromWorld: [] })).toThrow(/test\/base \(ClusterBaseline\): ports: given an empty list/);
  });

  test('leaves the namespace of the gateway open to the world, and closes its metadata service', () => {
    const from = 'ip:203.0.113.5';
    const open = (gateway?: Gateway) => {
      const { reach } = baseline({ denyFromWorld: [Port.tcp(443)] }, { gateway });
      expect(reach.allows({ from: 'auth/idp', to: 'ip:169.254.169.254', port: 80 })).toBe(false);
      return ['auth/idp', 'shop/api'].map(to => reach.allows({ from, to, port: 443 }));
    };
    expect(open(Gateway.envoyGateway({ namespace: 'auth' }))).toEqual([true, false]);
    expect([open(Gateway.cilium()), open()]).toEqual([[false, false], [false, false]]);
  });

  test('writes what is asked, cluster-scoped, with its prefix', () => {
    const { objects } = baseline({ dns: false, health: false, namePrefix: 'platform' });
    expect(objects.map(({ kind, metadata }) => [kind, metadata])).toEqual([['CiliumClusterwideNetworkPolicy', { name: 'platform-deny-metadata-service' }]]);
    expect(baseline({ dns: false, denyMetadataService: false }).objects.map(({ metadata }) => metadata.name)).toEqual(['baseline-allow-health']);
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
      api.allowFrom(new CidrGroup(chart, 'offices', { externalCidrs: offices }).peer({ except: ['203.0.113.128/25'] }), Port.tcp(443));
    });
    const opens = (ip: string) => reach.allows({ from: `ip:${ip}`, to: 'shop/api', port: 443 });
    expect([opens('203.0.113.1'), opens('198.51.100.9'), opens('203.0.113.200'), opens('192.0.2.1')]).toEqual([true, true, false, false]);
    expect(objects.find(({ kind }) => kind === 'CiliumCIDRGroup')).toMatchObject({ apiVersion: 'cilium.io/v2', metadata: { name: 'offices' } });
  });

  test('is v2alpha1 before Cilium 1.18, and refuses what is no range', () => {
    const group = (version: string, cidrs: string[]) => shop((_, chart) => new CidrGroup(chart, 'g', { externalCidrs: cidrs }), { cni: Cni.cilium(version) }).objects[0]!;
    expect(group('1.17', offices).apiVersion).toBe('cilium.io/v2alpha1');
    expect(group('1.18', ['198.51.100.0/24', '10.0.0.0/8', '10.0.0.0/8']).spec).toEqual({ externalCIDRs: ['10.0.0.0/8', '198.51.100.0/24'] });
    expect(() => group('1.18', ['10.0.0.1'])).toThrow(/test\/g \(CidrGroup\): externalCidrs: given "10.0.0.1"/);
    expect(() => group('1.18', ['10.0.0.1/8'])).toThrow(/10.0.0.0\/8/);
  });

  test('is found by name and by labels', () => {
    const { objects, reach } = shop((api, chart) => {
      new DefaultDeny(chart, 'deny');
      new CidrGroup(chart, 'g', { name: 'partners', labels: { kind: 'partner' }, externalCidrs: offices });
      api.allowFrom(Peer.cidrGroups({ kind: 'partner' }, { name: 'partners' }), Port.tcp(443));
    });
    expect(objects.find(({ kind }) => kind === 'CiliumCIDRGroup')!.metadata).toEqual({ name: 'partners', labels: { kind: 'partner' } });
    expect([reach.allows({ from: 'ip:203.0.113.1', to: 'shop/api', port: 443 }), reach.allows({ from: 'shop/web', to: 'shop/api', port: 443 })]).toEqual([true, false]);
  });

  test('is a peer without options', () => {
    const { reach } = shop((api, chart) => api.allowFrom(new CidrGroup(chart, 'offices', { externalCidrs: offices }).peer(), Port.tcp(443)));
    expect([reach.allows({ from: 'ip:203.0.113.1', to: 'shop/api', port: 443 }), reach.allows({ from: 'ip:8.8.8.8', to: 'shop/api', port: 443 })]).toEqual([true, false]);
  });

  test('needs a name that is one, and Cilium', () => {
    const group = (name: string, props?: PlatformProps) => () => shop((_, chart) => new CidrGroup(chart, 'My offices', { name, externalCidrs: [] }), props);
    expect(group('My offices')).toThrow(/\(CidrGroup\): name: given "My offices".*Write 'my-offices'/);
    expect(group('my-offices')).not.toThrow();
    expect(group('my-offices', { cni: Cni.calico() })).toThrow(/a CIDR group on Calico; .*Peer.cidr/);
  });
});
