import { ApiObject, Chart } from 'cdk8s';
import { AllowEgress, AllowFqdn, AllowKubeApi, type FluxCluster, HttpPath, HttpRule, L7Allow, Peer, Port, Workload } from 'cdk8s-guardrails';
import { server, type ServerProps } from '../payments/server';

/** What runs in the tenants' namespaces, and who may talk to whom. */
export function apps(cluster: FluxCluster, replicas: number): void {
  const run = (namespace: string, name: string, props: ServerProps) => {
    const chart = cluster.apps.node.tryFindChild(namespace) as Chart | undefined ?? new Chart(cluster.apps, namespace, { namespace });
    return Workload.of(server(chart, name, { replicas, ...props }));
  };
  const envoy = run('infra', 'envoy', { image: 'envoyproxy/envoy:distroless-v1.36.2', ports: { https: 10443, metrics: 19001 } });
  const web = run('payments', 'payments-frontend', {
    image: 'registry.example.com/payments/frontend:2.4.1', ports: { http: 8080, metrics: 9090 },
  });
  const api = run('payments', 'payments-api', { image: 'registry.example.com/payments/api:3.1.0', ports: { http: 8080, metrics: 9090 } });
  const postgres = run('payments', 'postgres', {
    image: 'postgres:17.6', ports: { sql: 5432 }, user: 999, dataPath: '/var/lib/postgresql/data',
  });
  const idp = run('identity', 'identity-api', { image: 'registry.example.com/identity/api:1.9.2', ports: { http: 8080, metrics: 9090 } });
  const prometheus = run('monitoring', 'prometheus', { image: 'prom/prometheus:v3.7.3', ports: { http: 9090 }, replicas: 1 });
  const vllm = run('inference', 'vllm', { image: 'vllm/vllm-openai:v0.11.0', ports: { http: 8000 }, replicas: 1, cpu: 8, memoryGiB: 16 });

  envoy.allowFrom(Peer.anywhere(), Port.tcp(10443));
  web.allowFrom(envoy, Port.tcp(8080));
  new L7Allow(cluster.apps, 'api', {
    to: api,
    from: [web],
    port: Port.tcp(8080),
    http: [HttpRule.get(HttpPath.prefix('/api/v1')), HttpRule.post(HttpPath.exact('/api/v1/payments'))],
  });
  api.allowTo(postgres, Port.tcp(5432));
  api.allowTo(idp, Port.tcp(8080));
  new AllowFqdn(cluster.apps, 'stripe', { from: api, names: ['api.stripe.com'] });
  new L7Allow(cluster.apps, 'openai', {
    name: 'openai-api',
    to: vllm,
    from: [api, web],
    port: Port.tcp(8000),
    http: [HttpRule.post(HttpPath.exact('/v1/chat/completions')), HttpRule.get(HttpPath.exact('/v1/models'))],
  });
  new AllowKubeApi(cluster.apps, 'kube-api', { from: prometheus });
  new AllowEgress(cluster.apps, 'scrape', { from: prometheus, to: [Peer.anyNamespace()], ports: [Port.named('metrics')] });

  new ApiObject(cluster.apps, 'alerts', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'payments', namespace: 'payments', labels: { team: 'payments' } },
    spec: {
      groups: [{
        name: 'payments',
        rules: [{ alert: 'PaymentsFailing', expr: 'sum(rate(payments_failed_total[5m])) > 1', for: '10m', labels: { severity: 'page' } }],
      }],
    },
  });
}
