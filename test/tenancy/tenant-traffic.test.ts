import { Chart } from 'cdk8s';
import { identities, makeTenant, only, tenantObjects } from './support';
import {
  Cni, Gateway, Platform, type PlatformProps, Port, Prometheus, RemovalPolicy, TenantEgress, TenantNamespace, type TenantNamespaceProps,
  TenantRole, Workload,
} from '../../src';
import { namespace, pod, Reach } from '../support/reach';
import { manifests, testApp } from '../support/synth';

const ports = [{ name: 'http', containerPort: 8080 }, { name: 'metrics', containerPort: 9090 }];
const api = pod('payments', { app: 'api' }, { name: 'api', ports });
const web = pod('payments', { app: 'web' }, { name: 'web', ports });
const other = pod('shop', { app: 'api' }, { name: 'other', ports });
const dns = pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'coredns' });
const envoy = pod('envoy-gateway-system', {
  'app.kubernetes.io/managed-by': 'envoy-gateway', 'app.kubernetes.io/component': 'proxy',
}, { name: 'envoy' });
const prometheus = pod('monitoring', { 'app.kubernetes.io/name': 'prometheus' }, { name: 'prometheus' });
const world = [
  ...['shop', 'kube-system', 'envoy-gateway-system', 'monitoring'].map(name => namespace(name)), api, web, other, dns, envoy, prometheus,
];
const components = { gateway: Gateway.envoyGateway(), prometheus: Prometheus.kubePrometheusStack() };

function reachOf(
  cni: Cni, props: Partial<TenantNamespaceProps>, platform: PlatformProps = {}, more?: (tenant: TenantNamespace) => void,
): Reach {
  const objects = tenantObjects(props, { cni, ...platform }, more);
  return new Reach([...objects, ...world], { dataplane: cni.enforcesCiliumPolicy ? 'cilium' : 'kubernetes' });
}

const PROBES = [{ port: 8080 }, { port: 9090 }, { port: 443 }, { port: 53 }, { port: 53, protocol: 'UDP' as const }];
const OUTSIDE = ['ip:203.0.113.7', 'ip:10.1.2.3', 'ip:169.254.169.254', 'fqdn:api.stripe.com'];

/** Everything that pods of the tenant may send or receive. */
function flows(reach: Reach): string[] {
  const outside = OUTSIDE.flatMap(to => PROBES.filter(probe => reach.allows({ from: api, to, ...probe }))
    .map(({ port, protocol = 'TCP' }) => `payments/api -> ${to} ${protocol}/${port}`));
  const inside = reach.flows(PROBES).filter(flow => flow.includes('payments/') && !flow.startsWith('payments/web'));
  return [...inside, ...outside].sort();
}

const DNS = ['payments/api -> kube-system/coredns TCP/53', 'payments/api -> kube-system/coredns UDP/53'];

describe.each([['Calico', Cni.calico()], ['Cilium', Cni.cilium()]] as const)('the traffic of a tenant on %s', (_, cni) => {
  test('is DNS and nothing else', () => {
    expect(flows(reachOf(cni, {}))).toEqual(DNS);
  });

  test('is nothing at all without DNS', () => {
    expect(flows(reachOf(cni, { dns: false }))).toEqual([]);
  });

  test('stays closed to the gateway when no port is named', () => {
    expect(flows(reachOf(cni, { scrapePorts: [] }, components))).toEqual(DNS);
    expect(flows(reachOf(cni, { scrapePorts: [], gatewayPorts: [] }, components))).toEqual(DNS);
  });

  test('comes from the gateway on the ports that are named', () => {
    expect(flows(reachOf(cni, { scrapePorts: [], gatewayPorts: [Port.tcp(8080)] }, components)))
      .toEqual(['envoy-gateway-system/envoy -> payments/api TCP/8080', 'envoy-gateway-system/envoy -> payments/web TCP/8080', ...DNS]);
  });

  test('lets the Prometheus of the platform scrape the ports named metrics', () => {
    expect(flows(reachOf(cni, {}, components)))
      .toEqual(['monitoring/prometheus -> payments/api TCP/9090', 'monitoring/prometheus -> payments/web TCP/9090', ...DNS]);
  });

  test('lets it scrape the ports that are named instead', () => {
    expect(flows(reachOf(cni, { scrapePorts: [Port.tcp(8080)] }, components)))
      .toEqual(['monitoring/prometheus -> payments/api TCP/8080', 'monitoring/prometheus -> payments/web TCP/8080', ...DNS]);
  });

  test('stays within the namespace, on every port, where that is asked for', () => {
    const reach = reachOf(cni, { sameNamespace: true, dns: false });
    expect(flows(reach)).toEqual(['TCP/443', 'TCP/53', 'TCP/8080', 'TCP/9090', 'UDP/53'].map(port => `payments/api -> payments/web ${port}`).sort());
    expect(reach.allows({ from: web, to: api, port: 8080 })).toBe(true);
    expect(reach.denies({ from: other, to: api, port: 8080 })).toBe(true);
  });

  test('goes to the internet by HTTPS and to no private address, where that is asked for', () => {
    expect(flows(reachOf(cni, { egress: TenantEgress.HTTPS }))).toEqual([
      ...DNS, ...['fqdn:api.stripe.com', 'ip:203.0.113.7'].map(to => `payments/api -> ${to} TCP/443`),
    ].sort());
  });

  test('goes nowhere outside when egress is closed', () => {
    expect(flows(reachOf(cni, { egress: TenantEgress.CLOSED }))).toEqual(DNS);
  });

  test('goes between workloads that are allowed to talk', () => {
    const reach = reachOf(cni, { dns: false }, {}, tenant => {
      const [to, from] = ['api', 'web'].map(app => tenant.workload(app, { labels: { app } }));
      to!.allowFrom(from!, Port.tcp(8080));
    });
    expect(reach.allows({ from: web, to: api, port: 8080 })).toBe(true);
    expect(reach.denies({ from: web, to: api, port: 9090 })).toBe(true);
    expect(reach.denies({ from: api, to: web, port: 8080 })).toBe(true);
    expect(flows(reach)).toEqual([]);
  });
});

describe('egress by DNS name', () => {
  test('reaches these hosts by HTTPS, with the lookups that Cilium learns their addresses from', () => {
    expect(flows(reachOf(Cni.cilium(), { egressFqdns: ['api.stripe.com'] }))).toEqual([...DNS, 'payments/api -> fqdn:api.stripe.com TCP/443'].sort());
    expect(flows(reachOf(Cni.cilium(), { egressFqdns: ['api.example.com'] }))).toEqual(DNS);
  });

  test('brings its lookups along where DNS is off', () => {
    expect(flows(reachOf(Cni.cilium(), { dns: false, egressFqdns: ['api.stripe.com'] }))).toEqual([...DNS, 'payments/api -> fqdn:api.stripe.com TCP/443'].sort());
  });

  test('needs Cilium', () => {
    expect(() => makeTenant({ egressFqdns: ['api.stripe.com'] }, { cni: Cni.calico() }))
      .toThrow(/tenants\/payments\/Fqdns \(AllowFqdn\): platform: given a DNS name on Calico/i);
    expect(() => makeTenant({ egressFqdns: [] }, { cni: Cni.calico() })).not.toThrow();
  });

  test('has one name, however many hosts there are', () => {
    const egressFqdns = Array.from({ length: 9 }, (_, index) => `a-rather-long-name-of-a-host-${index}.example.com`);
    expect(identities(tenantObjects({ egressFqdns }))).toContain('CiliumNetworkPolicy payments/allow-all-pods-to-fqdns');
  });
});

describe('the policies of a tenant', () => {
  test('are all its own, and isolate both directions', () => {
    const objects = tenantObjects({ sameNamespace: true, egress: TenantEgress.HTTPS, gatewayPorts: [Port.tcp(8080)] }, components);
    const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([
      'allow-all-pods-to-internet', 'allow-dns', 'allow-envoy-gateway-system-envoy-gateway-to-all-pods', 'allow-monitoring-prometheus-to-all-pods',
      'allow-same-namespace', 'default-deny',
    ]);
    expect(only(objects, 'NetworkPolicy', 'default-deny').spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('can be reached from the construct', () => {
    const tenant = makeTenant();
    expect(tenant.defaultDeny.apiObject.name).toBe('default-deny');
    expect(tenant.allowDns?.apiObject.name).toBe('allow-dns');
    expect(makeTenant({ dns: false }).allowDns).toBeUndefined();
  });

  test('gateway ports need a gateway', () => {
    expect(() => makeTenant({ gatewayPorts: [Port.tcp(8080)] }))
      .toThrow(/tenants\/payments\/Gateway \(AllowGateway\): gateway: given none; .*Set `gateway` on Platform/);
  });

  test('scrape ports need a Prometheus, and no Prometheus is no error', () => {
    expect(() => makeTenant({ scrapePorts: [Port.tcp(9090)] })).toThrow(/\(AllowScrape\): prometheus: given none; .*Set `prometheus` on Platform/);
    expect(() => makeTenant({ scrapePorts: [] })).not.toThrow();
  });

  test('a gateway that is a workload of the app gets its own half for each tenant', () => {
    const app = testApp();
    const edge = new Workload(new Chart(app, 'edge'), 'proxy', { namespace: 'edge', labels: { app: 'proxy' } });
    new Platform(app, 'platform', { gateway: Gateway.of(edge) });
    const chart = new Chart(app, 'tenants');
    new TenantRole(chart, 'role');
    for (const team of ['payments', 'shop']) {
      new TenantNamespace(chart, team, { team, removal: RemovalPolicy.RETAIN, gatewayPorts: [Port.tcp(8080)] });
    }
    const objects = manifests(app);
    expect(identities(objects).filter(identity => identity.includes('proxy'))).toEqual([
      'NetworkPolicy edge/allow-proxy-to-payments-all-pods', 'NetworkPolicy edge/allow-proxy-to-shop-all-pods',
      'NetworkPolicy payments/allow-edge-proxy-to-all-pods', 'NetworkPolicy shop/allow-edge-proxy-to-all-pods',
    ]);
  });
});
