import { type App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

type Library = typeof import('../../src');

export const OBJECTS_OF_A_TENANT = 20;

/** So many charts, each a tenant of twenty objects: the namespace with what belongs to it, and five allows of two halves. */
export function tenants({ Port, RemovalPolicy, TenantNamespace }: Library, scope: Construct | App, count: number): void {
  for (let index = 0; index < count; index++) {
    const chart = new Chart(scope, `team-${index}`);
    const tenant = new TenantNamespace(chart, `team-${index}`, {
      team: `team-${index}`, removal: RemovalPolicy.RETAIN, editors: [`oidc:team-${index}`], viewers: ['oidc:everyone'],
    });
    const [gateway, ...servers] = ['gateway', 'web', 'api', 'worker', 'cache', 'database']
      .map(name => tenant.workload(name, { labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'shop' } }));
    servers.forEach(server => server.allowFrom(gateway!, Port.tcp(8080)));
  }
}
