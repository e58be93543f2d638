import { ApiObject, App, Chart } from 'cdk8s';
import {
  AllowEgress, AllowFqdn, AllowKubeApi, ClusterBaseline, Cni, HttpPath, HttpRule, KyvernoGenerateDefaultDeny, KyvernoRequireLabels,
  KyvernoRequireLimits, L7Allow, Peer, Platform, PolicyAction, Port, Prometheus, RemovalPolicy, TenantNamespace, TenantRole, TenantSize,
  Workload,
} from 'cdk8s-guardrails';
import { server } from './server';

const app = new App();

// The cluster that the policies are for. Everything below reads its versions and components from here.
new Platform(app, 'platform', {
  cni: Cni.cilium('1.18'),
  prometheus: Prometheus.kubePrometheusStack(),
  apiServer: { port: 6443 },
});

// What holds in the whole cluster.
const cluster = new Chart(app, 'cluster');
new TenantRole(cluster, 'tenant-role');
new ClusterBaseline(cluster, 'baseline');
new KyvernoRequireLimits(cluster, 'limits', { action: PolicyAction.ENFORCE });
new KyvernoRequireLabels(cluster, 'alerts', {
  action: PolicyAction.ENFORCE, kinds: ['monitoring.coreos.com/v1/PrometheusRule'], labels: ['team'],
});
// For namespaces that others make and label `platform.io/managed: "true"`: the tenants below bring their own.
new KyvernoGenerateDefaultDeny(cluster, 'default-deny', { generateExisting: true });

// The tenants: namespace, quota, access, isolation and DNS for each.
function tenant(name: string, team: string, size = TenantSize.SMALL): TenantNamespace {
  const chart = new Chart(app, name, { namespace: name });
  return new TenantNamespace(chart, name, { team, size, removal: RemovalPolicy.RETAIN, editors: [`oidc:${team}`] });
}
const infra = tenant('infra', 'platform');
const payments = tenant('payments', 'payments', TenantSize.MEDIUM);
const identity = tenant('identity', 'identity');
const monitoring = tenant('monitoring', 'platform');
const inference = tenant('inference', 'ml', TenantSize.LARGE);

// What runs there. `Workload.of` takes any workload of cdk8s-plus by the labels of its pods.
const envoy = Workload.of(server(infra, 'envoy', { image: 'envoyproxy/envoy:distroless-v1.36.2', ports: { https: 10443, metrics: 19001 } }));
const web = Workload.of(server(payments, 'payments-frontend', {
  image: 'registry.example.com/payments/frontend:2.4.1', ports: { http: 8080, metrics: 9090 },
}));
const api = Workload.of(server(payments, 'payments-api', {
  image: 'registry.example.com/payments/api:3.1.0', ports: { http: 8080, metrics: 9090 },
}));
const postgres = Workload.of(server(payments, 'postgres', {
  image: 'postgres:17.6', ports: { sql: 5432 }, user: 999, dataPath: '/var/lib/postgresql/data',
}));
const idp = Workload.of(server(identity, 'identity-api', {
  image: 'registry.example.com/identity/api:1.9.2', ports: { http: 8080, metrics: 9090 },
}));
const prometheus = Workload.of(server(monitoring, 'prometheus', { image: 'prom/prometheus:v3.7.3', ports: { http: 9090 }, replicas: 1 }));
const vllm = Workload.of(server(inference, 'vllm', {
  image: 'vllm/vllm-openai:v0.11.0', ports: { http: 8000 }, replicas: 1, cpu: 8, memoryGiB: 16,
}));

// Who may talk to whom. Everything else is denied.
envoy.allowFrom(Peer.anywhere(), Port.tcp(10443));
web.allowFrom(envoy, Port.tcp(8080));
new L7Allow(payments, 'api', {
  to: api,
  from: [web],
  port: Port.tcp(8080),
  http: [HttpRule.get(HttpPath.prefix('/api/v1')), HttpRule.post(HttpPath.exact('/api/v1/payments'))],
});
api.allowTo(postgres, Port.tcp(5432));
api.allowTo(idp, Port.tcp(8080));
new AllowFqdn(payments, 'stripe', { from: api, names: ['api.stripe.com'] });
new L7Allow(inference, 'openai', {
  name: 'openai-api',
  to: vllm,
  from: [api, web],
  port: Port.tcp(8000),
  http: [HttpRule.post(HttpPath.exact('/v1/chat/completions')), HttpRule.get(HttpPath.exact('/v1/models'))],
});

// Prometheus finds its targets at the API server and scrapes them; each tenant lets it in.
new AllowKubeApi(monitoring, 'kube-api', { from: prometheus });
new AllowEgress(monitoring, 'scrape', { from: prometheus, to: [Peer.anyNamespace()], ports: [Port.named('metrics')] });

new ApiObject(payments, 'alerts', {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'payments', labels: { team: 'payments' } },
  spec: {
    groups: [{
      name: 'payments',
      rules: [{ alert: 'PaymentsFailing', expr: 'sum(rate(payments_failed_total[5m])) > 1', for: '10m', labels: { severity: 'page' } }],
    }],
  },
});

app.synth();
