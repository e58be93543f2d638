import { type App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { testApp } from './synth';
import {
  Allow, AllowDns, AllowEgress, AllowFqdn, AllowGateway, AllowIngress, AllowInternet, AllowKubeApi, AllowSameNamespace, AllowScrape,
  AllowTelemetry, AllowWebhook, CidrGroup, CiliumClusterwideNetworkPolicy, CiliumInstall, CiliumNetworkPolicy, ClusterBaseline, Cni,
  DefaultDeny, DenyEgress, DenyIngress, DenyMetadataService, FluxBuildMetadata, FluxKustomization, FluxTenant, Gateway, GitRepository,
  HelmRelease, HelmRepository, HttpPath, HttpRule, K3dCluster, KindCluster, KyvernoConfineFlux, KyvernoController, KyvernoDefaultLimits,
  KyvernoGenerateDefaultDeny, KyvernoGenerateQuota, KyvernoInstall, KyvernoPolicy, KyvernoRequireLabels, KyvernoRequireLimits,
  KyvernoRestrictFluxSources, L7Allow, LabelSelector, LimitedResource, NetworkPolicy, OciLayer, OciRepository, Peer, Platform,
  PolicyAction, PolicyType, Port, Prometheus, RemovalPolicy, TelemetryCollector, TenantEgress, TenantNamespace, TenantRole, Workload,
} from '../../src';

/** In which order a program writes down what may be given in any order. */
export interface Order {
  list<T>(items: T[]): T[];
  map<T>(entries: Record<string, T>): Record<string, T>;
}

export const AS_WRITTEN: Order = { list: items => items, map: entries => entries };

export interface EverythingOptions {
  /** @default AS_WRITTEN */
  readonly order?: Order;
  /** The class of the charts. @default - that of cdk8s */
  readonly chartClass?: typeof Chart;
}

type Pods = Record<'web' | 'api' | 'ledger', Workload>;

/** Namespace of the charts, which every construct should rather ignore than put an object into. */
export const CHART_NAMESPACE = 'namespace-of-the-chart';

/** An app with one of every construct, options that take several values included. */
export function everything({ order = AS_WRITTEN, chartClass = Chart }: EverythingOptions = {}): App {
  const app = testApp();
  new Platform(app, 'platform', {
    cni: Cni.cilium('1.18'),
    gateway: Gateway.envoyGateway(),
    prometheus: Prometheus.kubePrometheusStack(),
    telemetry: TelemetryCollector.openTelemetry(),
    apiServer: { cidrs: order.list(['192.0.2.10/32', '192.0.2.11/32']) },
    podCidrs: order.list(['10.244.0.0/16', 'fd00::/48']),
    systemNamespaces: order.list(['kube-system', 'flux-system', 'kyverno']),
  });
  const chart = (id: string) => new chartClass(app, id, { namespace: CHART_NAMESPACE });
  clusterWide(chart('cluster'), order);
  kyverno(chart('kyverno'), order);
  const pods = tenants(chart('tenants'), order);
  workloads(chart('workloads'), order, pods);
  generalForms(chart('general-forms'), order);
  flux(chart('flux'), order);
  bootstrap(chart('bootstrap'), order);
  return app;
}

function clusterWide(scope: Construct, { list, map }: Order): void {
  new TenantRole(scope, 'role');
  new ClusterBaseline(scope, 'baseline', { excludeNamespaces: list(['edge', 'legacy']), denyFromWorld: list([Port.tcp(22), Port.tcp(3389), Port.udp(161)]) });
  new CidrGroup(scope, 'offices', { externalCidrs: list(['198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32']), labels: map({ kind: 'office', team: 'it' }) });
  new CiliumClusterwideNetworkPolicy(scope, 'no-telnet', {
    name: 'no-telnet',
    endpointSelector: LabelSelector.labels(map({ 'k8s:io.kubernetes.pod.namespace': 'legacy', 'app': 'mainframe' })),
    ingressDeny: [{ from: [Peer.anywhere()], ports: [Port.tcp(23)] }],
    enableDefaultDeny: { ingress: false, egress: false },
  });
}

function kyverno(scope: Construct, { list, map }: Order): void {
  new KyvernoRequireLimits(scope, 'limits', {
    action: PolicyAction.ENFORCE, resources: list([LimitedResource.CPU, LimitedResource.MEMORY]), excludeNamespaces: list(['legacy', 'edge']),
  });
  new KyvernoRequireLabels(scope, 'labels', {
    action: PolicyAction.AUDIT,
    kinds: list(['apps/v1/Deployment', 'monitoring.coreos.com/v1/PrometheusRule', 'batch/v1/CronJob']),
    labels: list(['team', 'owner']),
    patterns: map({ tier: 'gold | silver', stage: 'prod | test' }),
  });
  new KyvernoDefaultLimits(scope, 'defaults', { defaults: { cpuLimit: '1', memoryLimit: '256Mi' } });
  new KyvernoGenerateDefaultDeny(scope, 'deny', { generateExisting: true });
  new KyvernoGenerateQuota(scope, 'quota', {
    generateExisting: false, quota: map({ 'pods': '20', 'limits.cpu': '4' }), containerLimits: { defaultLimit: map({ cpu: '1', memory: '256Mi' }) },
  });
  new KyvernoPolicy(scope, 'policy', {
    name: 'no-latest',
    labels: map({ team: 'platform', tier: 'gold' }),
    validationFailureAction: PolicyAction.AUDIT,
    rules: [{
      name: 'no-latest',
      match: { any: [{ resources: { kinds: ['Pod'] } }] },
      validate: { message: 'Name a version.', pattern: { spec: { containers: [{ image: '!*:latest' }] } } },
    }],
  });
}

/** The workloads of two tenants. */
function tenants(scope: Construct, { list, map }: Order): Pods {
  const bank = TenantNamespace.adopt(scope, 'bank', { team: 'bank' });
  const shop = new TenantNamespace(scope, 'shop', {
    team: 'shop',
    removal: RemovalPolicy.RETAIN,
    labels: map({ 'app.kubernetes.io/part-of': 'shop', 'acme.example/stage': 'prod' }),
    annotations: map({ 'acme.example/owner': 'shop', 'acme.example/chat': 'shop-alerts' }),
    editors: list(['oidc:shop', 'oidc:leads', 'oidc:on-call']),
    viewers: list(['oidc:support', 'oidc:audit']),
    quota: map({ 'pods': '80', 'services': '30', 'count/jobs.batch': '10' }),
    containerLimits: { max: map({ memory: '4Gi', cpu: '2' }) },
    gatewayPorts: list([Port.tcp(8443), Port.tcp(8080)]),
    scrapePorts: list([Port.named('metrics'), Port.tcp(9090)]),
    egress: TenantEgress.HTTPS,
    egressFqdns: list(['hooks.example.com', 'api.example.com']),
    sameNamespace: true,
  });
  return {
    ledger: bank.workload('ledger', { labels: { app: 'ledger' } }),
    web: shop.workload('web', { labels: map({ app: 'web', tier: 'front' }) }),
    api: shop.workload('api', { labels: { app: 'api' } }),
  };
}

function workloads(scope: Construct, { list, map }: Order, { web, api, ledger }: Pods): void {
  const zone = (name: string, labels: Record<string, string>) => Peer.pods(map(labels), { namespace: 'edge', name });
  const peers = () => list([zone('waf', { app: 'waf', zone: 'a' }), zone('proxy', { kind: 'proxy', app: 'squid' }), zone('cdn', { app: 'cdn' })]);
  new Allow(scope, 'web-to-ledger', { from: web, to: ledger, ports: list([Port.tcp(8080), Port.udp(8080), Port.tcpRange(9000, 9010)]) });
  new AllowIngress(scope, 'from-edge', { to: api, from: peers(), ports: list([Port.tcp(8080), Port.tcp(443)]) });
  new AllowEgress(scope, 'to-edge', {
    name: 'allow-api-out',
    from: api,
    to: list([...peers(), Peer.cidr('198.51.100.0/24', { except: list(['198.51.100.7/32', '198.51.100.1/32']) }), Peer.cidrGroup('offices')]),
    ports: list([Port.tcp(3128), Port.tcp(443)]),
  });
  new DenyIngress(scope, 'not-from-edge', { to: ledger, from: peers(), ports: list([Port.tcp(22), Port.tcp(8081)]) });
  new DenyEgress(scope, 'not-to-edge', { from: ledger, to: peers(), ports: list([Port.tcp(22), Port.tcp(8081)]) });
  new L7Allow(scope, 'l7', {
    to: ledger,
    from: list([api, zone('waf', { app: 'waf', zone: 'a' }), zone('proxy', { kind: 'proxy', app: 'squid' })]),
    port: Port.tcp(9443),
    http: [HttpRule.get(HttpPath.prefix('/v1')), HttpRule.post(HttpPath.exact('/v1/entries'))],
  });
  new AllowFqdn(scope, 'fqdn', {
    name: 'allow-api-to-saas', from: api, names: list(['b.example.com', 'a.example.com']), patterns: list(['*.example.org', '*.example.net']),
  });
  new AllowInternet(scope, 'internet', { from: api, ports: list([Port.tcp(443), Port.tcp(80)]), except: list(['203.0.113.0/24', '192.0.2.0/24']) });
  new AllowGateway(scope, 'gateway', { to: ledger, ports: list([Port.tcp(8080), Port.tcp(8443)]) });
  new AllowScrape(scope, 'scrape', { to: api, ports: list([Port.tcp(9102), Port.tcp(9101)]) });
  new AllowTelemetry(scope, 'telemetry', { from: api });
  new AllowKubeApi(scope, 'kube-api', { from: api });
  new AllowWebhook(scope, 'webhook', { to: api, ports: list([Port.tcp(9444), Port.tcp(9443)]) });
}

function generalForms(scope: Construct, { map }: Order): void {
  const namespace = 'legacy';
  new DefaultDeny(scope, 'deny', { namespace, dns: false });
  new AllowDns(scope, 'dns', { namespace });
  new AllowSameNamespace(scope, 'inside', { namespace: 'lab' });
  new DenyMetadataService(scope, 'metadata', { namespace });
  const selector = () => LabelSelector.labels(map({ app: 'mainframe', tier: 'back' }));
  new NetworkPolicy(scope, 'np', {
    name: 'mainframe',
    namespace,
    labels: map({ team: 'legacy', tier: 'back' }),
    podSelector: selector(),
    policyTypes: [PolicyType.INGRESS],
    ingress: [{ from: [Peer.namespaces(map({ team: 'legacy', stage: 'prod' }))], ports: [Port.tcp(8080)] }],
  });
  new CiliumNetworkPolicy(scope, 'cnp', {
    name: 'mainframe-l7',
    namespace,
    labels: map({ team: 'legacy', tier: 'back' }),
    endpointSelector: selector(),
    ingress: [{ from: [Peer.pods(map({ app: 'web', tier: 'front' }))], toPorts: [{ ports: [Port.tcp(8081)], http: [HttpRule.get(HttpPath.prefix('/'))] }] }],
  });
}

function flux(scope: Construct, { list, map }: Order): void {
  const namespace = 'flux-system';
  const repository = new GitRepository(scope, 'platform', {
    namespace, url: 'https://git.example.com/acme/platform', branch: 'main', sparseCheckout: list(['rendered', 'clusters']),
  });
  const charts = new OciRepository(scope, 'kyverno-chart', {
    namespace,
    url: 'oci://ghcr.io/kyverno/charts/kyverno',
    tag: '3.9.0',
    layer: OciLayer.helmChart(),
    verify: { signers: list([{ issuer: '^https://issuer$', subject: '^kyverno$' }, { issuer: '^https://issuer$', subject: '^nirmata$' }]) },
  });
  const cilium = new HelmRepository(scope, 'cilium-charts', { namespace, url: 'https://helm.cilium.io/', labels: map({ team: 'net', tier: 'cni' }) });
  const releases = [
    new HelmRelease(scope, 'cilium', {
      namespace,
      serviceAccountName: 'helm-controller',
      chart: { name: 'cilium', version: '1.18.1', source: cilium.chartSource },
      values: map<unknown>({ routingMode: 'tunnel', hubble: map({ enabled: true, relay: map({ enabled: true }) }) }),
    }),
    new HelmRelease(scope, 'metrics', { namespace, serviceAccountName: 'helm-controller', chartRef: charts.chartRef }),
  ];
  new HelmRelease(scope, 'kyverno', {
    namespace, serviceAccountName: 'helm-controller', chartRef: charts.chartRef, dependsOn: list(releases.map(({ dependency }) => dependency)),
  });
  const stages = ['controllers', 'policies'].map(id => new FluxKustomization(scope, id, {
    namespace, source: repository.source, path: `./rendered/${id}`, serviceAccountName: 'kustomize-controller',
  }));
  new FluxKustomization(scope, 'apps', {
    namespace,
    source: repository.source,
    serviceAccountName: 'kustomize-controller',
    dependsOn: list(stages.map(({ dependency }) => dependency)),
    healthChecks: list(['kyverno', 'cilium'].map(name => ({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name, namespace }))),
    buildMetadata: list([FluxBuildMetadata.ORIGIN_ANNOTATIONS, FluxBuildMetadata.TRANSFORMER_ANNOTATIONS]),
    commonMetadata: { labels: map({ team: 'platform', tier: 'apps' }) },
    postBuild: { substitute: map({ region: 'eu', tier: 'gold' }) },
  });
  new FluxTenant(scope, 'shop-repository', { namespace: 'shop', git: { url: 'https://git.example.com/shop/deploy', branch: 'main' } });
  new KyvernoConfineFlux(scope, 'confine', { action: PolicyAction.ENFORCE, excludeNamespaces: list(['legacy', 'edge']) });
  new KyvernoRestrictFluxSources(scope, 'sources', {
    action: PolicyAction.AUDIT,
    urls: list(['https://git.example.com/*', 'oci://ghcr.io/kyverno/charts/*']),
    tenants: map({ shop: list(['oci://ghcr.io/shop/*', 'https://charts.example.com/shop/*']), bank: ['oci://ghcr.io/bank/*'] }),
  });
}

function bootstrap(scope: Construct, { list, map }: Order): void {
  const fluxNamespace = 'lab';
  new CiliumInstall(scope, 'cilium', {
    version: '1.18.5',
    fluxNamespace,
    hubble: { metrics: list(['dns', 'drop', 'tcp']) },
    wireGuard: { strict: true },
    values: map<unknown>({ bandwidthManager: map({ enabled: true, bbr: true }), hubble: map({ export: map({ enabled: false }) }) }),
  });
  new KyvernoInstall(scope, 'kyverno', {
    version: '3.9.0',
    fluxNamespace,
    excludeNamespaces: list(['legacy', 'edge']),
    permissions: list([
      { controller: KyvernoController.BACKGROUND, resources: list(['secrets', 'endpoints']), verbs: list(['get', 'list', 'watch', 'create']) },
      { controller: KyvernoController.BACKGROUND, apiGroup: 'cilium.io', resources: list(['ciliumnetworkpolicies', 'ciliumcidrgroups']) },
      { controller: KyvernoController.REPORTS, apiGroup: 'cilium.io', resources: ['ciliumnetworkpolicies'] },
    ]),
  });
  new K3dCluster(scope, 'k3d');
  new KindCluster(scope, 'kind');
}
