import { ApiObject, type Chart } from 'cdk8s';
import { MANAGED, objectsOf } from './support';
import { AllowFqdn, DefaultDeny, KyvernoGenerateDefaultDeny, KyvernoGenerateQuota, RemovalPolicy, TenantNamespace, TenantRole, Workload } from '../../src';
import { check } from '../../src/checks/check';
import { targetOf } from '../../src/target/target-of';

/** What the checks find in an app with both generators, by id. */
function found(build: (chart: Chart) => void): string[] {
  const objects = objectsOf(chart => {
    new KyvernoGenerateDefaultDeny(chart, 'deny', { generateExisting: true });
    new KyvernoGenerateQuota(chart, 'quota', { generateExisting: true, quota: { pods: '5' }, containerLimits: { defaultLimit: { cpu: '1' } } });
    build(chart);
  });
  return check(objects.map(object => ({ object, source: { file: 'dist' } })), targetOf())
    .filter(({ severity }) => severity !== 'info')
    .map(finding => `${finding.id}: ${finding.found}`);
}

const namespace = (chart: Chart, labels: Record<string, string>) =>
  new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
const pod = (chart: Chart) => new ApiObject(chart, 'pod', {
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] },
} as ConstructorParameters<typeof ApiObject>[2]);
const fqdn = (chart: Chart, namespaceName: string) =>
  new AllowFqdn(chart, 'fqdn', { from: new Workload(chart, 'web', { labels: { app: 'web' }, namespace: namespaceName }), names: ['api.example.com'], restrictDns: true });

describe('with generators for managed namespaces in the app', () => {
  test('a namespace that they isolate wants no default deny, and one that they leave out does', () => {
    expect(found(chart => { namespace(chart, MANAGED); pod(chart); }).join()).not.toMatch(/NoDefaultDeny|NoQuota|NoLimitRange/);
    expect(found(chart => { namespace(chart, { team: 'a' }); pod(chart); })).toContainEqual(expect.stringMatching(/^network\/NoDefaultDeny: 1 workload in shop/));
  });

  test('a namespace that is in another repository may be isolated there', () => {
    expect(found(pod).join()).not.toMatch(/NoDefaultDeny/);
  });

  test('DNS for everything, which they allow, voids the DNS rules of an allow by name', () => {
    expect(() => objectsOf(chart => {
      namespace(chart, MANAGED);
      new KyvernoGenerateDefaultDeny(chart, 'deny', { generateExisting: true });
      fqdn(chart, 'shop');
    })).toThrow(/cilium\/L7RuleVoided: .*NetworkPolicy shop\/kyverno-allow-dns \(.*\) allows the same/);
  });

  test('a default deny that is written out beside the generated one is told', () => {
    expect(found(chart => { namespace(chart, MANAGED); new DefaultDeny(chart, 'own', { namespace: 'shop' }); }))
      .toContainEqual(expect.stringMatching(/^tenancy\/TwoOwners: NetworkPolicy shop\/default-deny, beside which ClusterPolicy generate-default-deny generates kyverno-default-deny/));
  });

  test('a TenantNamespace keeps what it was given: its quota, and DNS by name only', () => {
    expect(found(chart => {
      new TenantRole(chart, 'role');
      new TenantNamespace(chart, 'tenant', { name: 'shop', team: 'a', removal: RemovalPolicy.RETAIN, dns: false });
      fqdn(chart, 'shop');
    })).toEqual([]);
  });
});
