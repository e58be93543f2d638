import type { Chart } from 'cdk8s';
import { chartOf, objectsOf, onlyOne } from './support';
import {
  FluxApp, FluxCluster, FluxDeletionPolicy, FluxLayout, FluxTenant, FluxTenantOptions, type FluxTenantProps, type PlatformProps,
  RemovalPolicy, TenantNamespace, TenantRole,
} from '../../src';
import { check } from '../../src/check';
import type { Manifest } from '../support/synth';
import { appliedBy, filesOf, stderrOf, temporaryFolder } from '../support/tree';

const git = { url: 'https://git.example.com/payments/deploy', branch: 'main' };
const oci = { url: 'oci://registry.example.com/payments/deploy', tag: 'production' };

const tenant = (props: Partial<FluxTenantProps> = { git }, platform: PlatformProps = {}) => objectsOf(chart => {
  new TenantRole(chart, 'tenant-role');
  new FluxTenant(chart, 'tenant', { namespace: 'payments', ...props });
}, platform).filter(({ kind }) => kind !== 'ClusterRole');
const refused = (props: Partial<FluxTenantProps>, platform: PlatformProps = {}) => () => {
  new FluxTenant(chartOf(platform), 'tenant', { namespace: 'payments', git, ...props });
};
const namespace = (gitops?: FluxTenantOptions, removal = RemovalPolicy.RETAIN) => (chart: Chart) => {
  new TenantRole(chart, 'tenant-role');
  new TenantNamespace(chart, 'payments', { team: 'payments', removal, gitops });
};
const named = (objects: Manifest[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);

describe('FluxTenant', () => {
  test('applies a repository to its own namespace with its own rights', () => {
    const objects = tenant({ git: { ...git, secretName: 'deploy-key' }, path: './production' });
    expect(named(objects)).toEqual([
      'ServiceAccount payments/flux', 'RoleBinding payments/flux', 'GitRepository payments/payments', 'Kustomization payments/payments',
    ]);
    expect(onlyOne('RoleBinding', objects)).toMatchObject({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'tenant-edit' },
      subjects: [{ kind: 'ServiceAccount', name: 'flux', namespace: 'payments' }],
    });
    expect(onlyOne('ServiceAccount', objects).automountServiceAccountToken).toBe(false);
    expect(onlyOne('GitRepository', objects).spec).toMatchObject({ url: git.url, secretRef: { name: 'deploy-key' } });
    expect(onlyOne('Kustomization', objects).spec).toEqual({
      interval: '1h',
      path: './production',
      prune: true,
      retryInterval: '2m',
      serviceAccountName: 'flux',
      sourceRef: { kind: 'GitRepository', name: 'payments' },
      targetNamespace: 'payments',
      timeout: '5m',
      wait: true,
    });
  });

  test('or one in a container registry', () => {
    const objects = tenant({ oci, name: 'deploy', interval: '10m', deletionPolicy: FluxDeletionPolicy.DELETE, decryption: { secretName: 'age' } });
    expect(onlyOne('OCIRepository', objects).spec).toMatchObject({ url: oci.url, ref: { tag: 'production' } });
    expect(onlyOne('Kustomization', objects)).toMatchObject({
      metadata: { name: 'deploy', namespace: 'payments' },
      spec: {
        interval: '10m',
        deletionPolicy: 'Delete',
        decryption: { provider: 'sops', secretRef: { name: 'age' } },
        sourceRef: { kind: 'OCIRepository', name: 'deploy' },
      },
    });
  });

  test('makes no account where one is named', () => {
    const objects = tenant({ git, serviceAccountName: 'robot' });
    expect(named(objects)).toEqual(['GitRepository payments/payments', 'Kustomization payments/payments']);
    expect(onlyOne('Kustomization', objects).spec.serviceAccountName).toBe('robot');
  });

  test('has nothing that the checks would tell of', () => {
    const objects = tenant();
    expect(check(objects).filter(({ id }) => id.startsWith('flux/') || id.startsWith('tenancy/'))).toEqual([]);
    const elsewhere = objects.map(object => (object.kind === 'Kustomization' ? { ...object, spec: { ...object.spec, targetNamespace: 'bank' } } : object));
    expect(check(elsewhere).map(({ id }) => id)).toContain('flux/RenamesObjects');
  });

  test('needs the role that it binds', () => {
    expect(() => objectsOf(chart => new FluxTenant(chart, 'tenant', { namespace: 'payments', git }))).toThrow('this cluster has no TenantRole tenant-edit');
    expect(onlyOne('RoleBinding', tenant({ git, role: 'payments-deploy' })).roleRef.name).toBe('payments-deploy');
  });

  test.each<[string, Partial<FluxTenantProps>, PlatformProps]>([
    ['role', { role: 'cluster-admin' }, {}],
    ['role', { role: 'edit' }, { fluxLockdown: false }],
    ['role', { role: 'tenant-edit', serviceAccountName: 'robot' }, {}],
    ['serviceAccountName', { serviceAccountName: 'default' }, {}],
    ['namespace', { namespace: 'flux-system' }, {}],
    ['git', { oci }, {}],
    ['git', { git: undefined }, {}],
    ['namespace', { namespace: undefined }, {}],
  ])('refuses a wrong %s: %j', (what, props, platform) => {
    expect(refused(props, platform)).toThrow(`chart/tenant (FluxTenant): ${what}: given`);
  });

  test('tells of a wrong address where it stands', () => {
    expect(refused({ git: { ...git, url: 'git.example.com' } })).toThrow('chart/tenant/Source (GitRepository): url: given "git.example.com"');
  });
});

describe('TenantNamespace with gitops', () => {
  test('has its repository applied by its deployer', () => {
    const objects = objectsOf(namespace({ git, path: './prod' }));
    expect(onlyOne('Kustomization', objects)).toMatchObject({
      metadata: { name: 'payments', namespace: 'payments' },
      spec: { path: './prod', serviceAccountName: 'deployer', targetNamespace: 'payments', sourceRef: { kind: 'GitRepository', name: 'payments' } },
    });
    expect(objects.filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === 'flux')).toEqual([]);
  });

  test('keeps what runs in it where the namespace is kept', () => {
    expect(onlyOne('Kustomization', objectsOf(namespace({ git }))).spec.deletionPolicy).toBe('Orphan');
    expect(onlyOne('Kustomization', objectsOf(namespace({ git }, RemovalPolicy.DELETE))).spec.deletionPolicy).toBeUndefined();
    const chosen = namespace({ git, deletionPolicy: FluxDeletionPolicy.MIRROR_PRUNE });
    expect(onlyOne('Kustomization', objectsOf(chosen)).spec.deletionPolicy).toBe('MirrorPrune');
  });

  test('has nothing of Flux without it', () => {
    expect(objectsOf(namespace()).filter(({ apiVersion }) => apiVersion.includes('toolkit.fluxcd.io'))).toEqual([]);
  });

  test('adopts a namespace with a repository, too', () => {
    const objects = objectsOf(chart => {
      new TenantRole(chart, 'tenant-role');
      const bank = TenantNamespace.adopt(chart, 'bank', { team: 'bank', deployer: 'robot', gitops: { oci } });
      expect(bank.gitops?.serviceAccountName).toBe('robot');
    });
    expect(onlyOne('Kustomization', objects).spec).toMatchObject({ serviceAccountName: 'robot', targetNamespace: 'bank', deletionPolicy: 'Orphan' });
  });

  test('has nothing that the checks would tell of but what every tenant has', () => {
    const ids = (gitops?: FluxTenantOptions) => new Set(check(objectsOf(namespace(gitops))).map(({ id }) => id));
    expect(ids({ git })).toEqual(ids());
  });

  test('has its repository filed with it in the tree', () => {
    const outdir = temporaryFolder();
    const app = new FluxApp({ outdir, layout: FluxLayout.monorepo({ path: 'deploy' }) });
    const cluster = new FluxCluster(app, 'staging');
    new TenantRole(cluster.policies, 'tenant-role');
    new TenantNamespace(cluster.tenants, 'payments', { team: 'payments', removal: RemovalPolicy.RETAIN, gitops: { git } });
    stderrOf(() => app.synth());
    const flux = Object.entries(appliedBy(filesOf(outdir))).filter(([, { metadata }]) => metadata.namespace === 'payments')
      .filter(([, { apiVersion }]) => apiVersion.includes('toolkit.fluxcd.io'));
    expect(flux.map(([path, { kind }]) => [kind, path.includes('/tenants/payments/')])).toEqual([['GitRepository', true], ['Kustomization', true]]);
  });
});
