import { parse } from 'yaml';
import { clusterOf, filesIn, objectsIn, runScript, syntaxOf } from './support';
import {
  KyvernoController, type KyvernoFeatures, KyvernoInstall, type KyvernoInstallProps, KyvernoPolicy, LabelSelector, type PlatformProps,
} from '../../src';
import { pathsOf } from '../../src/bootstrap/chart-values';
import { KYVERNO_OWNED } from '../../src/bootstrap/kyverno-values';
import { check } from '../../src/checks/check';
import type { Located } from '../../src/checks/finding';
import { printYaml } from '../../src/manifests/print-yaml';
import { targetOf } from '../../src/target/target-of';

/** Every option other than its default. */
const EVERYTHING: KyvernoInstallProps = {
  version: '3.9.0',
  replicas: { admission: 5, background: 3, cleanup: 1, reports: 1 },
  excludeNamespaces: ['flux-system', 'cert-manager'],
  admissionMemoryLimit: '1Gi',
  features: {
    policyExceptionsNamespace: 'kyverno',
    backgroundScanInterval: '2h',
    validatingAdmissionPolicies: false,
    protectManagedResources: true,
    failOpen: true,
    excludeBootstrapResources: true,
  },
};

function installed(props: Partial<KyvernoInstallProps> = {}, platform: PlatformProps = {}) {
  const cluster = clusterOf(platform);
  const install = new KyvernoInstall(cluster.controllers, 'kyverno', { version: '3.9.0', ...props });
  return { cluster, install, values: parse(install.toValuesYaml()) as Record<string, unknown> };
}
const refused = (props: Partial<KyvernoInstallProps>, platform?: PlatformProps) => () => void installed(props, platform);

describe('KyvernoInstall', () => {
  test('has enough pods of each controller to lose a node, and is as the chart has it otherwise', () => {
    expect(installed().values).toEqual({
      admissionController: { replicas: 3 },
      backgroundController: { replicas: 2 },
      cleanupController: { replicas: 2 },
      reportsController: { replicas: 2 },
    });
  });

  test('says everything that is not as the chart has it, and keeps kube-system excluded', () => {
    expect(installed(EVERYTHING).values).toEqual({
      admissionController: { replicas: 5, container: { resources: { limits: { memory: '1Gi' } } } },
      backgroundController: { replicas: 3 },
      cleanupController: { replicas: 1 },
      config: {
        webhooks: {
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['cert-manager', 'flux-system', 'kube-system'] }],
          },
        },
      },
      features: {
        backgroundScan: { backgroundScanInterval: '2h' },
        excludeBootstrapResources: { enabled: true },
        forceFailurePolicyIgnore: { enabled: true },
        generateValidatingAdmissionPolicy: { enabled: false },
        policyExceptions: { enabled: true, namespace: 'kyverno' },
        protectManagedResources: { enabled: true },
      },
      reportsController: { replicas: 1 },
    });
  });

  test.each([['defaults', {}], ['everything', EVERYTHING]] as const)(
    'is adopted by a HelmRelease with the same values, byte for byte: %s', (_, props) => {
      const { cluster, install } = installed(props);
      const [source, release] = objectsIn(cluster);
      expect(printYaml(release!.spec.values)).toBe(install.toValuesYaml());
      expect(release).toMatchObject({
        kind: 'HelmRelease',
        spec: {
          chartRef: { kind: 'OCIRepository', name: 'kyverno' },
          releaseName: 'kyverno',
          targetNamespace: 'kyverno',
          storageNamespace: 'kyverno',
          install: { createNamespace: true, crds: 'CreateReplace' },
        },
      });
      expect(source).toMatchObject({
        kind: 'OCIRepository',
        spec: {
          url: 'oci://ghcr.io/kyverno/charts/kyverno',
          ref: { tag: '3.9.0' },
          layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
        },
      });
    },
  );

  test('has a script that installs this version with these values', () => {
    const { cluster, install } = installed();
    expect(syntaxOf(install.toScript())).toBe('');
    expect(runScript(filesIn(cluster), 'install-kyverno.sh')).toEqual({
      status: 0,
      stderr: '',
      calls: ['helm upgrade --install kyverno oci://ghcr.io/kyverno/charts/kyverno --version 3.9.0 --namespace kyverno --create-namespace'
        + ' --values kyverno-values.yaml --wait --timeout 15m'],
    });
  });

  test('gives controllers more rights by roles that Kyverno aggregates', () => {
    const { cluster } = installed({
      permissions: [
        { controller: KyvernoController.BACKGROUND, resources: ['secrets', 'endpoints'], verbs: ['get', 'create'] },
        { controller: KyvernoController.REPORTS, apiGroup: 'cilium.io', resources: ['ciliumnetworkpolicies'] },
        { controller: KyvernoController.BACKGROUND, apiGroup: 'cilium.io', resources: ['ciliumnetworkpolicies'] },
      ],
    });
    const roles = objectsIn(cluster).filter(({ kind }) => kind === 'ClusterRole');
    expect(roles).toMatchObject([
      {
        metadata: { name: 'kyverno-install-background', labels: { 'rbac.kyverno.io/aggregate-to-background-controller': 'true' } },
        rules: [
          { apiGroups: [''], resources: ['endpoints', 'secrets'], verbs: ['create', 'get'] },
          { apiGroups: ['cilium.io'], resources: ['ciliumnetworkpolicies'], verbs: ['get', 'list', 'watch'] },
        ],
      },
      { metadata: { name: 'kyverno-install-reports', labels: { 'rbac.kyverno.io/aggregate-to-reports-controller': 'true' } } },
    ]);
  });

  test('takes more values, but for what it says', () => {
    expect(installed({ values: { admissionController: { priorityClassName: 'high' } } }).values)
      .toMatchObject({ admissionController: { replicas: 3, priorityClassName: 'high' } });
    expect(refused({ values: { config: { webhooks: {} } } })).toThrow('values.config.webhooks: given {}; allowed: nothing there, since `excludeNamespaces` says it.');
  });

  test('owns every value that it says', () => {
    const owned = Object.keys(KYVERNO_OWNED);
    expect(pathsOf(installed(EVERYTHING).values).filter(path => !owned.some(owner => path === owner || path.startsWith(`${owner}.`)))).toEqual([]);
  });

  test.each([['1.13', '3.3.7'], ['1.18', '3.8.2'], ['1.20', '3.10.0']])('is Kyverno %s as the chart %s', (kyverno, version) => {
    expect(installed({ version }, { kyverno }).install.version).toBe(version);
    expect(refused({ version: '3.5.0' }, { kyverno })).toThrow(`since the Platform says Kyverno ${kyverno}.`);
  });

  test('is refused in a namespace that generators write into', () => {
    expect(refused({ namespace: 'policies' })).toThrow('namespace: given "policies"; allowed: one of the platform\'s own');
    const { cluster } = installed({ namespace: 'policies' }, { systemNamespaces: ['policies'] });
    expect(objectsIn(cluster)[1]!.spec.targetNamespace).toBe('policies');
  });

  test.each<[string, Partial<KyvernoInstallProps>]>([
    ['version', { version: '1.19.0' }],
    ['version', { version: '3.9' }],
    ['repository', { repository: 'ghcr.io/kyverno' }],
    ['namespace', { namespace: 'Kyverno' }],
    ['replicas.background', { replicas: { background: 0 } }],
    ['excludeNamespaces', { excludeNamespaces: ['kube_system'] }],
    ['admissionMemoryLimit', { admissionMemoryLimit: '1 GB' }],
    ['features.policyExceptionsNamespace', { features: { policyExceptionsNamespace: '*' } }],
    ['features.backgroundScanInterval', { features: { backgroundScanInterval: '1 day' } }],
    ['permissions[0].controller', { permissions: [{ controller: 'cleanup' as KyvernoController, resources: ['secrets'] }] }],
    ['permissions.resources', { permissions: [{ controller: KyvernoController.REPORTS, resources: [] }] }],
    ['permissions.verbs', { permissions: [{ controller: KyvernoController.REPORTS, resources: ['secrets'], verbs: [] }] }],
  ])('does not take any %s: %j', (what, props) => {
    expect(refused(props)).toThrow(`local/controllers/kyverno (KyvernoInstall): ${what}: given`);
  });

  test('does not let bootstrap resources pass before Kyverno 1.19', () => {
    const features: KyvernoFeatures = { excludeBootstrapResources: true };
    expect(refused({ version: '3.8.2', features }, { kyverno: '1.18' })).toThrow('features.excludeBootstrapResources: given true; allowed: nothing on Kyverno 1.18');
  });

  test('gives a policy that generates Secrets what it needs', () => {
    const { cluster } = installed({
      permissions: [{ controller: KyvernoController.BACKGROUND, resources: ['secrets'], verbs: ['get', 'list', 'watch', 'create', 'update', 'delete'] }],
    });
    new KyvernoPolicy(cluster.policies, 'pull-secret', {
      name: 'pull-secret',
      rules: [{
        name: 'pull-secret',
        match: { any: [{ resources: { kinds: ['Namespace'], selector: LabelSelector.labels({ team: 'shop' }) } }] },
        generate: {
          apiVersion: 'v1',
          kind: 'Secret',
          name: 'pull',
          namespace: '{{request.object.metadata.name}}',
          synchronize: true,
          orphanDownstreamOnPolicyDelete: true,
          clone: { name: 'pull', namespace: 'platform' },
        },
      }],
    });
    const located = objectsIn(cluster).map(object => ({ object, source: {} }));
    const rights = (objects: Located[]) => check(objects, targetOf()).filter(({ id }) => id === 'kyverno/GenerateRights');
    expect(rights(located)).toEqual([]);
    expect(rights(located.filter(({ object }) => object.kind !== 'ClusterRole'))).toHaveLength(1);
  });
});
