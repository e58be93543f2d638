import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { clusterObjects, only } from './support';
import { Port, RemovalPolicy, TenantNamespace, Workload } from '../../src';

const OPTIONS = { team: 'payments', removal: RemovalPolicy.RETAIN };

/** What is created below a tenant `payments`, in a chart of this namespace. */
const below = (chartNamespace: string | undefined, build: (tenant: TenantNamespace) => void) => () => clusterObjects({}, chart => {
  const home = new Chart(chart.node.root as Chart, 'home', { namespace: chartNamespace });
  build(new TenantNamespace(home, 'payments', OPTIONS));
});
const config = (metadata: object = {}) => (tenant: TenantNamespace) =>
  new ApiObject(tenant, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', ...metadata } });

describe('what cdk8s makes below a tenant lands in its namespace, or is an error', () => {
  test.each([
    ['no namespace', undefined, 'given none for a ConfigMap'],
    ['another one', 'elsewhere', 'given elsewhere for a ConfigMap, from its chart'],
  ])('a plain object in a chart with %s', (_what, chartNamespace, given) => {
    expect(below(chartNamespace, config())).toThrow(
      `home/payments/config (ApiObject): namespace: ${given}; allowed: payments, the namespace of the tenant that it is created below, `
      + 'or another that is said. Create it in a Chart with `namespace: \'payments\'`, or pass `namespace` in its metadata.',
    );
  });

  test('a workload of cdk8s-plus, at any depth', () => {
    const web = (tenant: TenantNamespace) => new Deployment(new Workload(tenant, 'web', { labels: { app: 'web' } }), 'pods', {
      metadata: { name: 'web' }, podMetadata: { labels: { app: 'web' } }, containers: [{ image: 'web:1', portNumber: 80 }],
    });
    expect(below(undefined, web)).toThrow(/home\/payments\/web\/pods\/Resource \(KubeDeployment\): namespace: given none for a Deployment/);
    expect(only(below('payments', web)(), 'Deployment').metadata.namespace).toBe('payments');
  });

  test.each<[string, string | undefined, (tenant: TenantNamespace) => void, string | undefined]>([
    ['the chart has the namespace of the tenant', 'payments', config(), 'payments'],
    ['the object says it', undefined, config({ namespace: 'payments' }), 'payments'],
    ['the object says another', 'elsewhere', config({ namespace: 'monitoring' }), 'monitoring'],
    ['a patch says it', undefined, tenant => config()(tenant).addJsonPatch(JsonPatch.add('/metadata/namespace', 'payments')), 'payments'],
    ['a chart below the tenant says another', undefined, tenant => {
      new ApiObject(new Chart(tenant, 'own', { namespace: 'monitoring' }), 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' } });
    }, 'monitoring'],
  ])('it is none where %s', (_what, chartNamespace, build, lands) => {
    expect(only(below(chartNamespace, build)(), 'ConfigMap').metadata.namespace).toBe(lands);
  });

  test('nor are objects that lie in no namespace, kinds that nobody knows, and the library\'s own', () => {
    expect(below('shop', tenant => {
      new ApiObject(tenant, 'class', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' } });
      new ApiObject(tenant, 'thing', { apiVersion: 'acme.io/v1', kind: 'Thing', metadata: { name: 'thing' } });
      const shop = new Workload(tenant, 'shop', { labels: { app: 'shop' }, namespace: 'shop' });
      tenant.workload('api', { labels: { app: 'api' } }).allowTo(shop, Port.tcp(80));
    })).not.toThrow();
  });
});
