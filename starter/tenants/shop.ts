import { Chart } from 'cdk8s';
import { type FluxCluster, HttpPath, HttpRule, L7Allow, Port, RemovalPolicy, TenantNamespace, TenantSize, Workload } from 'cdk8s-guardrails';
import { server } from '../server';

/** A tenant: a namespace with quota, access, isolation and DNS; what runs in it; and who may talk to whom. */
export function shop(cluster: FluxCluster): void {
  new TenantNamespace(cluster.tenants, 'shop', {
    team: 'shop',
    size: TenantSize.SMALL,
    removal: RemovalPolicy.RETAIN,
    editors: ['oidc:shop'],
  });

  const apps = new Chart(cluster.apps, 'shop', { namespace: 'shop' });
  const web = Workload.of(server(apps, 'web', 'registry.example.com/shop/web:1.0.0'));
  const api = Workload.of(server(apps, 'api', 'registry.example.com/shop/api:1.0.0'));
  const stock = Workload.of(server(apps, 'stock', 'registry.example.com/shop/stock:1.0.0'));

  new L7Allow(apps, 'api-l7', { to: api, from: [web], port: Port.tcp(8080), http: [HttpRule.get(HttpPath.prefix('/v1'))] });
  stock.allowFrom(api, Port.tcp(8080));
}
