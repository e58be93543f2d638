import { Chart } from 'cdk8s';
import {
  AllowDns, AllowGateway, AllowInternet, AllowKubeApi, AllowSameNamespace, AllowScrape, AllowTelemetry, AllowWebhook, Cni, DefaultDeny,
  DenyDirection, DenyMetadataService, DnsResolver, Entity, Gateway, Peer, Platform, PlatformProps, Port, Prometheus, TelemetryCollector,
  Workload,
} from '../../src';
import { namespace, pod, Reach } from '../support/reach';
import { manifests, testApp } from '../support/synth';

const world = [
  ...['shop', 'auth', 'kube-system', 'monitoring', 'infra', 'openshift-dns'].map(name => namespace(name)),
  pod('shop', { app: 'api' }, { name: 'api', ports: [{ name: 'metrics', containerPort: 9100, protocol: 'TCP' }] }),
  pod('shop', { app: 'web' }, { name: 'web' }),
  pod('auth', { app: 'api' }, { name: 'stranger' }),
  pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'coredns' }),
  pod('kube-system', { 'k8s-app': 'node-local-dns' }, { name: 'cache' }),
  pod('kube-system', { 'k8s-app': 'metrics-server' }, { name: 'metrics-server' }),
  pod('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' }, { name: 'dns' }),
  pod('monitoring', { 'app.kubernetes.io/name': 'prometheus' }, { name: 'prometheus' }),
  pod('monitoring', { 'app.kubernetes.io/name': 'opentelemetry-collector' }, { name: 'otel' }),
  pod('infra', { 'app.kubernetes.io/managed-by': 'envoy-gateway', 'app.kubernetes.io/component': 'proxy' }, { name: 'envoy' }),
];

function platform(props: PlatformProps, add: (chart: Chart, api: Workload) => void) {
  const app = testApp();
  new Platform(app, 'platform', props);
  const chart = new Chart(app, 'test', { namespace: 'shop' });
  add(chart, new Workload(chart, 'api', { labels: { app: 'api' } }));
  const objects = manifests(app);
  const cilium = (props.cni ?? Cni.cilium()).enforcesCiliumPolicy;
  return { objects, reach: new Reach([...objects, ...world], { dataplane: cilium ? 'cilium' : 'kubernetes' }) };
}

const CNIS = [['Calico', Cni.calico()], ['Cilium', Cni.cilium()]] as const;

describe.each(CNIS)('DefaultDeny on %s', (_, cni) => {
  const deny = (direction?: DenyDirection, dns?: boolean) => platform({ cni }, chart => new DefaultDeny(chart, 'deny', { direction, dns }));

  test('closes both directions for every pod of the namespace, and leaves DNS', () => {
    const { reach, objects } = deny();
    expect(reach.flows([{ port: 53 }, { port: 80 }]).filter(flow => flow.includes('shop/')))
      .toEqual(['shop/api -> kube-system/coredns TCP/53', 'shop/web -> kube-system/coredns TCP/53']);
    expect(reach.allows({ from: 'shop/api', to: 'kube-system/coredns', port: 53, protocol: 'UDP' })).toBe(true);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['default-deny', 'allow-dns']);
  });

  test('without DNS when told so', () => {
    const { reach } = deny(DenyDirection.BOTH, false);
    expect(reach.allows({ from: 'shop/api', to: 'kube-system/coredns', port: 53, protocol: 'UDP' })).toBe(false);
  });

  test('ingress alone leaves egress open, and needs no DNS', () => {
    const { reach, objects } = deny(DenyDirection.INGRESS);
    expect(reach.allows({ from: 'shop/api', to: 'auth/stranger', port: 80 })).toBe(true);
    expect(reach.allows({ from: 'auth/stranger', to: 'shop/api', port: 80 })).toBe(false);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['default-deny-ingress']);
  });

  test('ingress alone and DNS asked for is an error', () => {
    expect(() => deny(DenyDirection.INGRESS, true)).toThrow(/test\/deny \(DefaultDeny\): dns: given true, with a deny of ingress only; .*Leave it out/);
  });

  test('egress alone leaves ingress open', () => {
    const { reach, objects } = deny(DenyDirection.EGRESS);
    expect(reach.allows({ from: 'auth/stranger', to: 'shop/api', port: 80 })).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'auth/stranger', port: 80 })).toBe(false);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['default-deny-egress', 'allow-dns']);
  });
});

describe('AllowDns', () => {
  const dns = (cni: Cni, resolver: DnsResolver) => platform({ cni, dns: resolver }, chart => new DefaultDeny(chart, 'deny'));
  const asks = (reach: Reach, to: string, port = 53) => (['UDP', 'TCP'] as const).map(protocol => reach.allows({ from: 'shop/api', to, port, protocol }));

  test.each(CNIS)('reaches OpenShift on 5353, on %s', (_, cni) => {
    const { reach } = dns(cni, DnsResolver.openShift());
    expect(asks(reach, 'openshift-dns/dns', 5353)).toEqual([true, true]);
    expect(asks(reach, 'openshift-dns/dns', 53)).toEqual([false, false]);
    expect(asks(reach, 'kube-system/coredns')).toEqual([false, false]);
  });

  test('reaches NodeLocal DNSCache by its address where a CIDR matches a node', () => {
    const { reach, objects } = dns(Cni.calico(), DnsResolver.nodeLocalDns());
    expect(asks(reach, 'ip:169.254.20.10')).toEqual([true, true]);
    expect(asks(reach, 'kube-system/coredns')).toEqual([true, true]);
    expect(asks(reach, 'ip:169.254.20.11')).toEqual([false, false]);
    expect(objects.every(({ kind }) => kind === 'NetworkPolicy')).toBe(true);
  });

  test('reaches NodeLocal DNSCache as pods and host on Cilium, where no CIDR does', () => {
    const { reach } = dns(Cni.cilium(), DnsResolver.nodeLocalDns());
    for (const to of ['kube-system/cache', 'kube-system/coredns', 'entity:host']) expect(asks(reach, to)).toEqual([true, true]);
    expect(asks(reach, 'kube-system/metrics-server')).toEqual([false, false]);
    expect(asks(reach, 'entity:host', 10250)).toEqual([false, false]);
  });

  test.each(CNIS)('reaches GKE Cloud DNS and not the metadata service beside it, on %s', (_, cni) => {
    const { reach } = dns(cni, DnsResolver.gkeCloudDns());
    expect(asks(reach, 'ip:169.254.169.254')).toEqual([true, true]);
    expect(asks(reach, 'ip:169.254.169.254', 80)).toEqual([false, false]);
  });

  test('exempts workloads, also after it was made, and only those of one label', () => {
    const { reach } = platform({}, (chart, api) => {
      const deny = new DefaultDeny(chart, 'deny');
      deny.allowDns!.exempt(api);
    });
    expect(asks(reach, 'kube-system/coredns')).toEqual([false, false]);
    expect(reach.allows({ from: 'shop/web', to: 'kube-system/coredns', port: 53, protocol: 'UDP' })).toBe(true);
    expect(() => platform({}, chart => new AllowDns(chart, 'dns', {
      except: [new Workload(chart, 'two', { labels: { app: 'two', tier: 'x' } })],
    }))).toThrow(/test\/dns \(AllowDns\): except: given two.*selected by one label/);
  });

  test('opens it for one workload', () => {
    const { reach, objects } = platform({}, (chart, from) => {
      new DefaultDeny(chart, 'deny', { dns: false });
      new AllowDns(chart, 'dns', { from });
    });
    expect(asks(reach, 'kube-system/coredns')).toEqual([true, true]);
    expect(reach.allows({ from: 'shop/web', to: 'kube-system/coredns', port: 53 })).toBe(false);
    expect(objects[1]!.metadata.name).toBe('allow-api-to-dns');
  });

  test('a resolver of another kind is a peer and a port', () => {
    const { reach } = dns(Cni.calico(), DnsResolver.of([Peer.cidr('10.9.9.9/32', { name: 'dns' })], 5300));
    expect(asks(reach, 'ip:10.9.9.9', 5300)).toEqual([true, true]);
    expect(() => DnsResolver.of([])).toThrow(/DnsResolver.of: peers/);
  });
});

describe.each(CNIS)('on %s', (_, cni) => {
  const isolated = (props: PlatformProps, add: (chart: Chart, api: Workload) => void) => platform({ cni, ...props }, (chart, api) => {
    new DefaultDeny(chart, 'deny', { dns: false });
    add(chart, api);
  }).reach;

  test('AllowSameNamespace opens the namespace to itself, and nobody else', () => {
    const reach = isolated({}, chart => new AllowSameNamespace(chart, 'same'));
    expect(reach.allows({ from: 'shop/api', to: 'shop/web', port: 1 })).toBe(true);
    expect(reach.allows({ from: 'auth/stranger', to: 'shop/web', port: 1 })).toBe(false);
    const one = isolated({}, chart => new AllowSameNamespace(chart, 'same', { ports: [Port.tcp(80)] }));
    expect(one.allows({ from: 'shop/api', to: 'shop/web', port: 80 })).toBe(true);
    expect(one.allows({ from: 'shop/api', to: 'shop/web', port: 81 })).toBe(false);
  });

  test('AllowGateway lets the gateway in, on the port of the workload', () => {
    const reach = isolated({ gateway: Gateway.envoyGateway({ namespace: 'infra' }) }, (chart, to) => new AllowGateway(chart, 'gw', { to, ports: [Port.tcp(8080)] }));
    expect(reach.allows({ from: 'infra/envoy', to: 'shop/api', port: 8080 })).toBe(true);
    expect(reach.allows({ from: 'infra/envoy', to: 'shop/api', port: 8081 })).toBe(false);
    expect(reach.allows({ from: 'monitoring/otel', to: 'shop/api', port: 8080 })).toBe(false);
  });

  test('AllowScrape lets Prometheus in on a named port', () => {
    const reach = isolated({ prometheus: Prometheus.kubePrometheusStack() }, (chart, to) => new AllowScrape(chart, 's', { to, ports: [Port.named('metrics')] }));
    expect(reach.allows({ from: 'monitoring/prometheus', to: 'shop/api', port: 9100 })).toBe(true);
    expect(reach.allows({ from: 'monitoring/prometheus', to: 'shop/api', port: 9101 })).toBe(false);
    expect(reach.allows({ from: 'monitoring/otel', to: 'shop/api', port: 9100 })).toBe(false);
  });

  test('AllowTelemetry lets a workload push, to the collector only', () => {
    const reach = isolated({ telemetry: TelemetryCollector.openTelemetry() }, (chart, from) => new AllowTelemetry(chart, 't', { from }));
    expect(reach.allows({ from: 'shop/api', to: 'monitoring/otel', port: 4317 })).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'monitoring/otel', port: 4319 })).toBe(false);
    expect(reach.allows({ from: 'shop/api', to: 'monitoring/prometheus', port: 4317 })).toBe(false);
    expect(reach.allows({ from: 'shop/web', to: 'monitoring/otel', port: 4317 })).toBe(false);
  });

  test('each writes the other half too where the component is a workload of the app', () => {
    const objects = platform({ cni }, (chart, to) => {
      const gateway = new Workload(chart, 'gw', { namespace: 'infra', labels: { app: 'gw' } });
      new AllowGateway(chart, 'gateway', { to, ports: [Port.tcp(8080)], gateway: Gateway.of(gateway) });
    }).objects;
    expect(objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['shop/allow-infra-gw-to-api', 'infra/allow-gw-to-shop-api']);
  });

  test('AllowInternet opens the world and neither private ranges nor what the platform declares', () => {
    const reach = isolated({ podCidrs: ['203.0.113.0/24'] }, (chart, from) => new AllowInternet(chart, 'i', { from, ports: [Port.tcp(443)], except: ['198.51.100.0/24'] }));
    const open = (ip: string, port = 443) => reach.allows({ from: 'shop/api', to: `ip:${ip}`, port });
    expect(['93.184.216.34', '192.0.1.1', '2606:2800:220::1', '2001:3::1'].filter(ip => !open(ip))).toEqual([]);
    expect(open('93.184.216.34', 80)).toBe(false);
    const closed = ['10.1.2.3', '172.20.0.1', '192.168.1.1', '100.64.0.1', '169.254.169.254', 'fd00:ec2::254', 'fe80::1', '203.0.113.5', '198.51.100.7',
      '192.0.0.1', '64:ff9b:1::a9fe:a9fe', '2001:2::1', '5f00::1', '168.63.129.16', '100.100.100.200'];
    expect(closed.filter(ip => open(ip))).toEqual([]);
  });
});

describe('AllowKubeApi', () => {
  test('is an entity on Cilium, where no CIDR matches the API server', () => {
    const { reach, objects } = platform({ apiServer: { port: 6443 } }, (chart, from) => {
      new DefaultDeny(chart, 'deny', { dns: false });
      new AllowKubeApi(chart, 'k', { from });
    });
    expect(reach.allows({ from: 'shop/api', to: 'entity:kube-apiserver', port: 6443 })).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'entity:kube-apiserver', port: 443 })).toBe(false);
    expect(reach.allows({ from: 'shop/api', to: 'entity:remote-node', port: 6443 })).toBe(false);
    expect(objects[1]!.kind).toBe('CiliumNetworkPolicy');
  });

  test('is the declared addresses elsewhere, and an error without them', () => {
    const { reach } = platform({ cni: Cni.calico(), apiServer: { cidrs: ['10.0.0.5/32'] } }, (chart, from) => {
      new DefaultDeny(chart, 'deny', { dns: false });
      new AllowKubeApi(chart, 'k', { from });
    });
    expect(reach.allows({ from: 'shop/api', to: 'ip:10.0.0.5', port: 6443 })).toBe(true);
    expect(reach.allows({ from: 'shop/api', to: 'ip:10.0.0.6', port: 6443 })).toBe(false);
    expect(() => platform({ cni: Cni.calico() }, (chart, from) => new AllowKubeApi(chart, 'k', { from })))
      .toThrow(/test\/k \(AllowKubeApi\): platform: given no address of the API server, on Calico.*kubectl get endpointslices/);
  });
});

describe('AllowWebhook', () => {
  const webhook = (props: PlatformProps) => platform(props, (chart, to) => {
    new DefaultDeny(chart, 'deny', { dns: false });
    new AllowWebhook(chart, 'w', { to, ports: [Port.tcp(9443)] });
  }).reach;
  const calls = (reach: Reach, from: string, port = 9443) => reach.allows({ from, to: 'shop/api', port });

  test('on Cilium: the API server and nodes, not pods', () => {
    const reach = webhook({});
    expect(['entity:kube-apiserver', 'entity:remote-node', 'entity:host'].every(from => calls(reach, from))).toBe(true);
    expect(calls(reach, 'auth/stranger')).toBe(false);
    expect(calls(reach, 'entity:kube-apiserver', 8080)).toBe(false);
  });

  test('on Cilium behind a tunnel: also from pods, as the tunnel ends in one', () => {
    expect(calls(webhook({ apiServer: { tunnelled: true } }), 'auth/stranger')).toBe(true);
  });

  test('elsewhere: the port, from anyone, since no policy can name the API server', () => {
    const reach = webhook({ cni: Cni.calico() });
    expect(calls(reach, 'ip:10.0.0.1')).toBe(true);
    expect(calls(reach, 'ip:10.0.0.1', 8080)).toBe(false);
  });
});

describe('DenyMetadataService', () => {
  const deny = (props: PlatformProps = {}, exempt = false) => platform(props, (chart, api) => {
    new DenyMetadataService(chart, 'metadata', { except: exempt ? [api] : [] });
  }).reach;
  const asks = (reach: Reach, ip = '169.254.169.254', port = 80, protocol: 'TCP' | 'UDP' = 'TCP') =>
    reach.allows({ from: 'shop/api', to: `ip:${ip}`, port, protocol });

  test('closes the metadata addresses and isolates nothing', () => {
    const reach = deny();
    expect(['169.254.169.254', '169.254.170.2', 'fd00:ec2::254', '100.100.100.200'].map(ip => asks(reach, ip))).toEqual([false, false, false, false]);
    expect(asks(reach, '93.184.216.34')).toBe(true);
    expect(reach.allows({ from: 'auth/stranger', to: 'shop/api', port: 80 })).toBe(true);
  });

  test('closes what Azure has besides and leaves its resolver open', () => {
    const reach = deny();
    expect([80, 32526].map(port => asks(reach, '168.63.129.16', port))).toEqual([false, false]);
    expect([asks(reach, '168.63.129.16', 53, 'UDP'), asks(reach, '168.63.129.16', 53)]).toEqual([true, true]);
  });

  test('leaves workloads out', () => {
    const reach = deny({}, true);
    expect(asks(reach)).toBe(true);
    expect(reach.allows({ from: 'shop/web', to: 'ip:169.254.169.254', port: 80 })).toBe(false);
  });

  test('leaves the resolver that answers on that address', () => {
    const reach = deny({ dns: DnsResolver.gkeCloudDns() });
    expect(asks(reach, '169.254.169.254', 53, 'UDP')).toBe(true);
    expect([52, 54, 80].map(port => asks(reach, '169.254.169.254', port))).toEqual([false, false, false]);
  });

  test('cannot be said without Cilium', () => {
    expect(() => deny({ cni: Cni.calico() })).toThrow(/a deny on Calico.*AllowInternet leaves the metadata service out/);
  });
});

describe('components that the platform does not have', () => {
  test.each([
    ['AllowGateway', (chart: Chart, to: Workload) => new AllowGateway(chart, 'x', { to, ports: [Port.tcp(1)] }), /gateway: given none.*Gateway.envoyGateway\(\)/],
    ['AllowScrape', (chart: Chart, to: Workload) => new AllowScrape(chart, 'x', { to, ports: [Port.tcp(1)] }), /prometheus: given none/],
    ['AllowTelemetry', (chart: Chart, from: Workload) => new AllowTelemetry(chart, 'x', { from }), /collector: given none/],
  ] as const)('%s says what to set', (_, add, message) => expect(() => platform({}, add)).toThrow(message));

  test('Cilium Gateway needs Cilium, and is its ingress identity', () => {
    const allow = (cni: Cni) => platform({ cni, gateway: Gateway.cilium() }, (chart, to) => {
      new DefaultDeny(chart, 'deny');
      new AllowGateway(chart, 'x', { to, ports: [Port.tcp(8080)] });
    });
    expect(allow(Cni.cilium()).reach.allows({ from: `entity:${Entity.INGRESS}`, to: 'shop/api', port: 8080 })).toBe(true);
    expect(() => allow(Cni.calico())).toThrow(/a peer of kind entity on Calico/);
  });
});
