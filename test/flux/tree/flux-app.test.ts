import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { parse, parseAllDocuments } from 'yaml';
import {
  Allow, FluxApp, FluxCluster, FluxClusterProps, FluxKustomization, FluxLayout, FluxSourceKind, Port, RemovalPolicy, TenantNamespace,
  TenantRole,
} from '../../../src';
import { addBootstrapPart } from '../../../src/bootstrap/bootstrap-parts';
import type { Manifest } from '../../support/synth';
import { appliedBy, filesOf, stderrOf, temporaryFolder } from '../../support/tree';

const clean = { ...process.env };
afterEach(() => { process.env = { ...clean }; });
beforeEach(() => { delete process.env.CDK8S_OUTDIR; });

interface Options extends FluxClusterProps {
  readonly outdir?: string;
  readonly layout?: FluxLayout;
  readonly tenants?: string[];
  readonly clusters?: string[];
  readonly more?: (cluster: FluxCluster) => void;
}

/** An app of tenants, which lets the first talk to the second. */
function fleet({ outdir = temporaryFolder(), layout, tenants = ['shop', 'bank'], clusters = ['staging'], more, ...props }: Options = {}): FluxApp {
  const app = new FluxApp({ outdir, layout: layout ?? FluxLayout.monorepo({ path: 'deploy' }) });
  for (const name of clusters) {
    const cluster = new FluxCluster(app, name, props);
    new TenantRole(cluster.tenants, 'tenant-role');
    const made = tenants.map(tenant => new TenantNamespace(cluster.tenants, tenant, { team: tenant, removal: RemovalPolicy.RETAIN }));
    const [from, to] = made.map(tenant => tenant.workload('web', { labels: { app: 'web' } }));
    if (from && to) new Allow(cluster.tenants, 'allow', { from, to, ports: [Port.tcp(8080)] });
    more?.(cluster);
  }
  return app;
}

function tree(options?: Options): Record<string, string> {
  const app = fleet(options);
  stderrOf(() => app.synth());
  return filesOf(app.outdir);
}

const spec = (files: Record<string, string>, path: string) => (parse(files[path]!) as { spec: Record<string, unknown> }).spec;
const object = (kind: string, name: string, namespace?: string) => ({ apiVersion: 'example.com/v1', kind, metadata: { name, namespace } });

describe('the tree of a FluxApp', () => {
  test('has a folder and a Kustomization for each stage and each tenant, and each half of an allow with its own namespace', () => {
    const files = tree();
    expect(Object.keys(files).filter(path => /sync|allow-(shop|bank)|clusterrole|namespace/.test(path))).toEqual([
      'clusters/staging/sync/kustomization.yaml',
      'clusters/staging/sync/policies.yaml',
      'clusters/staging/sync/tenant-bank.yaml',
      'clusters/staging/sync/tenant-shop.yaml',
      'rendered/staging/policies/clusterrole-tenant-edit.yaml',
      'rendered/staging/tenants/bank/namespace-bank.yaml',
      'rendered/staging/tenants/bank/networkpolicy-allow-shop-web-to-web.yaml',
      'rendered/staging/tenants/shop/namespace-shop.yaml',
    ]);
    expect(files).toHaveProperty(['rendered/staging/tenants/shop/networkpolicy-allow-web-to-bank-web.yaml']);
    appliedBy(files);
  });

  test('a Kustomization says where, as whom, after what and how long', () => {
    expect(parse(tree()['clusters/staging/sync/tenant-shop.yaml']!)).toEqual({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'tenant-shop', namespace: 'flux-system' },
      spec: {
        deletionPolicy: 'MirrorPrune',
        dependsOn: [{ name: 'policies' }],
        interval: '1h',
        path: './deploy/rendered/staging/tenants/shop',
        prune: true,
        retryInterval: '2m',
        serviceAccountName: 'kustomize-controller',
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
        timeout: '5m',
        wait: true,
      },
    });
  });

  test('nothing of the platform waits for a tenant\'s own repository, which begins once the guard stands', () => {
    const files = tree({
      tenants: [],
      more: ({ tenants, apps }) => {
        const git = { url: 'https://git.example.com/shop/deploy', branch: 'main' };
        new TenantNamespace(tenants, 'shop', { team: 'shop', removal: RemovalPolicy.RETAIN, gitops: { git } });
        new ApiObject(apps, 'x', object('X', 'x', 'shop'));
      },
    });
    expect(spec(files, 'clusters/staging/sync/repository-shop.yaml'))
      .toMatchObject({ wait: false, prune: true, dependsOn: [{ name: 'tenant-shop' }], path: './deploy/rendered/staging/tenants/shop/repository' });
    expect(Object.keys(files).filter(path => path.includes('/repository/'))).toEqual([
      'rendered/staging/tenants/shop/repository/gitrepository-shop.yaml',
      'rendered/staging/tenants/shop/repository/kustomization-shop.yaml',
      'rendered/staging/tenants/shop/repository/kustomization.yaml',
    ]);
    expect(spec(files, 'clusters/staging/sync/tenant-shop.yaml')).toMatchObject({ wait: true });
    expect(spec(files, 'clusters/staging/sync/apps-shop.yaml')).toMatchObject({ wait: true, dependsOn: [{ name: 'tenant-shop' }] });
    expect(Object.values(files).join('---\n')).not.toContain('- name: repository-shop');
    appliedBy(files);
  });

  test('the CNI is never pruned, and goes on without its Kustomization; operators go on too', () => {
    const files = tree({
      more: ({ cni, controllers }) => {
        new ApiObject(cni, 'cilium', object('X', 'cilium', 'kube-system'));
        new ApiObject(controllers, 'kyverno', object('X', 'kyverno', 'kyverno'));
      },
    });
    expect(spec(files, 'clusters/staging/sync/cni.yaml')).toMatchObject({ prune: false, deletionPolicy: 'Orphan', timeout: '15m' });
    expect(spec(files, 'clusters/staging/sync/controllers.yaml'))
      .toMatchObject({ prune: true, deletionPolicy: 'Orphan', timeout: '15m', dependsOn: [{ name: 'cni' }] });
    expect(spec(files, 'clusters/staging/sync/policies.yaml')).toMatchObject({ prune: true, dependsOn: [{ name: 'controllers' }] });
  });

  test('a Kustomization knows how kinds are ready that Flux would take for ready at once', () => {
    const files = tree({
      more: ({ policies }) => new ApiObject(policies, 'x', {
        apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata: { name: 'x' }, spec: { endpointSelector: {}, ingress: [{}] },
      }),
    });
    expect(spec(files, 'clusters/staging/sync/policies.yaml')).toMatchObject({
      healthCheckExprs: [{ apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', failed: expect.stringContaining('Valid') }],
    });
    expect(spec(files, 'clusters/staging/sync/tenant-shop.yaml')).not.toHaveProperty('healthCheckExprs');
  });

  test('what differs between clusters is said by their props', () => {
    const files = tree({ fluxNamespace: 'gitops', serviceAccountName: 'flux', interval: '10m', retryInterval: '1m', timeout: '20m' });
    expect(parse(files['clusters/staging/sync/policies.yaml']!)).toMatchObject({
      metadata: { namespace: 'gitops' }, spec: { serviceAccountName: 'flux', interval: '10m', retryInterval: '1m', timeout: '20m' },
    });
  });

  test('adding a tenant touches its folder and the lists that name it, and nothing else', () => {
    const before = tree({ tenants: ['shop', 'bank'] });
    const after = tree({ tenants: ['shop', 'bank', 'new'] });
    const differing = Object.keys({ ...before, ...after }).filter(path => before[path] !== after[path] && !path.includes('/tenants/new/'));
    expect(differing).toEqual(['.guardrails.sha256', 'clusters/staging/sync/kustomization.yaml', 'clusters/staging/sync/tenant-new.yaml']);
    const list = (files: Record<string, string>) => files['clusters/staging/sync/kustomization.yaml']!.split('\n');
    expect(list(after).filter(line => line !== '  - tenant-new.yaml')).toEqual(list(before));
  });

  test('is the same on every run, whatever the order of the program', () => {
    expect(tree({ tenants: ['shop', 'bank', 'a'], clusters: ['staging', 'production'] }))
      .toEqual(tree({ tenants: ['shop', 'bank', 'a'], clusters: ['production', 'staging'] }));
    const more = (order: string[]) => ({ policies }: FluxCluster) => order.forEach(name => new ApiObject(policies, name, object('X', name)));
    expect(tree({ more: more(['a', 'b', 'c']) })).toEqual(tree({ more: more(['c', 'a', 'b']) }));
  });

  test('a second run changes nothing, and both say what they did', () => {
    const outdir = temporaryFolder();
    expect(stderrOf(() => fleet({ outdir }).synth())).toMatch(/^ {2}added bootstrap\/staging\/platform\.yaml\n[^]*\n {2}and \d+ more\n.*: 2\d added, 0 changed, 0 removed, 0 unchanged\n$/);
    expect(stderrOf(() => fleet({ outdir }).synth())).toMatch(/^\S+: 0 added, 0 changed, 0 removed, 2\d unchanged\n$/);
  });

  test('a tenant that leaves the program leaves the tree, and files of others stay', () => {
    const outdir = temporaryFolder();
    stderrOf(() => fleet({ outdir }).synth());
    mkdirSync(join(outdir, 'clusters/staging/flux-system'));
    writeFileSync(join(outdir, 'clusters/staging/flux-system/gotk-sync.yaml'), 'theirs');
    expect(stderrOf(() => fleet({ outdir, tenants: ['shop'] }).synth())).toContain('  removed rendered/staging/tenants/bank/namespace-bank.yaml\n');
    const files = Object.keys(filesOf(outdir));
    expect(files).toContain('clusters/staging/flux-system/gotk-sync.yaml');
    expect(files.filter(path => path.includes('bank'))).toEqual([]);
    expect(existsSync(join(outdir, 'rendered/staging/tenants/bank'))).toBe(false);
  });

  test('a namespace that somebody else makes is a tenant\'s all the same', () => {
    const files = tree({
      tenants: [],
      more: ({ policies, tenants }) => {
        new ApiObject(policies, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'old' } });
        TenantNamespace.adopt(tenants, 'old', { team: 'old' });
      },
    });
    expect(files).toHaveProperty(['rendered/staging/tenants/old/namespace-old.yaml']);
    expect(files).toHaveProperty(['rendered/staging/tenants/old/networkpolicy-default-deny.yaml']);
  });

  test('the order of keys is not up to the environment', () => {
    const before = tree();
    process.env.CDK8S_DISABLE_SORT = '1';
    expect(tree()).toEqual(before);
  });

  test('what brings a cluster up lies outside of what Flux syncs', () => {
    const files = tree({
      more: cluster => addBootstrapPart({ construct: cluster, files: () => [{ path: 'cluster.yaml', text: 'kind: Simple\n' }] }),
    });
    expect(files['bootstrap/staging/cluster.yaml']).toBe('kind: Simple\n');
    // The index alone knows of it.
    expect(Object.keys(files).filter(path => files[path]!.includes('bootstrap/staging'))).toEqual(['.guardrails.sha256']);
  });

  test('values that are known late are resolved, patches are applied', () => {
    const files = tree({
      more: ({ apps }) => new ApiObject(apps, 'x', { ...object('X', 'x', 'web'), spec: { a: Lazy.any({ produce: () => 'late' }) } }),
    });
    expect(spec(files, 'rendered/staging/apps/web/x-x.yaml')).toEqual({ a: 'late' });
  });
});

describe('layouts', () => {
  test('an artifact holds a cluster, and its paths start at its own root', () => {
    const files = tree({ layout: FluxLayout.artifact({ source: 'platform' }), clusters: ['staging', 'production'] });
    expect(Object.keys(files).map(path => path.split('/').slice(0, 2).join('/'))).toEqual(expect.arrayContaining(['production/sync', 'staging/sync']));
    expect(spec(files, 'staging/sync/tenant-shop.yaml')).toMatchObject({
      path: './tenants/shop', sourceRef: { kind: 'OCIRepository', name: 'platform' },
    });
    appliedBy(files);
  });

  test('a folder has one list, and nothing of Flux', () => {
    const files = tree({ layout: FluxLayout.folder() });
    expect(Object.keys(files).filter(path => path.endsWith('kustomization.yaml'))).toEqual(['staging/kustomization.yaml']);
    expect(Object.values(appliedBy(files)).map(({ apiVersion }) => apiVersion)).not.toContain('kustomize.toolkit.fluxcd.io/v1');
    expect(files).toHaveProperty(['staging/shop/networkpolicy-default-deny.yaml']);
    expect(files).toHaveProperty(['staging/namespace-shop.yaml']);
  });

  test('a monorepo takes the outdir for the path in the repository, unless told', () => {
    expect(FluxLayout.monorepo()._plan('./infra/deploy').sync!.pathOf('a', 'cni')).toBe('./infra/deploy/rendered/a/cni');
    expect(FluxLayout.monorepo({ path: '.' })._plan('/tmp/x').sync!.pathOf('a', 'cni')).toBe('./rendered/a/cni');
    expect(FluxLayout.monorepo({ path: './x/y/' })._plan('/tmp/x').sync!.pathOf('a', 'cni')).toBe('./x/y/rendered/a/cni');
  });

  test.each(['/tmp/deploy', '../deploy'])('an outdir of %s does not tell where the tree lies in the repository', outdir => {
    expect(() => new FluxApp({ outdir })).toThrow(`FluxLayout.monorepo: path: given nothing; allowed: a folder of the repository, since the outdir ${outdir} does not tell.`);
  });

  test.each(['/deploy', '../deploy', 'a/../../b'])('a path of %s is none in a repository', path => {
    expect(() => new FluxApp({ outdir: temporaryFolder(), layout: FluxLayout.monorepo({ path }) })).toThrow('allowed: a folder below the root of the repository');
  });
});

describe('check', () => {
  test('is empty when the tree is current, and else says what synth would do, without doing it', () => {
    const outdir = temporaryFolder();
    expect(fleet({ outdir }).check()).toContain('added rendered/staging/tenants/shop/namespace-shop.yaml');
    expect(filesOf(outdir)).toEqual({});
    stderrOf(() => fleet({ outdir }).synth());
    expect(fleet({ outdir }).check()).toEqual([]);
    writeFileSync(join(outdir, 'rendered/staging/policies/kustomization.yaml'), 'by hand');
    expect(fleet({ outdir, tenants: ['shop', 'bank', 'new'] }).check().slice(0, 3)).toEqual([
      'foreign rendered/staging/policies/kustomization.yaml: changed since it was written',
      'added clusters/staging/sync/tenant-new.yaml',
      'added rendered/staging/tenants/new/kustomization.yaml',
    ]);
  });

  test('GUARDRAILS_CHECK makes synth fail on a tree that is not current, and pass on one that is', () => {
    const outdir = temporaryFolder();
    stderrOf(() => fleet({ outdir }).synth());
    process.env.GUARDRAILS_CHECK = '1';
    expect(() => fleet({ outdir }).synth()).not.toThrow();
    expect(() => fleet({ outdir, tenants: ['shop'] }).synth()).toThrow(/removed rendered\/staging\/tenants\/bank[^]*Run `cdk8s synth` and commit what it changes\.$/);
    expect(fleet({ outdir }).check()).toEqual([]);
    process.env.GUARDRAILS_CHECK = '0';
    stderrOf(() => fleet({ outdir, tenants: ['shop'] }).synth());
    expect(fleet({ outdir, tenants: ['shop'] }).check()).toEqual([]);
  });
});

describe('with cdk8s synth', () => {
  test('the tree goes to the outdir, and the folder of the command gets plain manifests, a file for each cluster', () => {
    const stock = temporaryFolder();
    process.env.CDK8S_OUTDIR = stock;
    const outdir = temporaryFolder();
    stderrOf(() => fleet({ outdir, clusters: ['staging', 'production'] }).synth());
    expect(Object.keys(filesOf(stock))).toEqual(['production.k8s.yaml', 'staging.k8s.yaml']);
    const objects = parseAllDocuments(filesOf(stock)['staging.k8s.yaml']!).map(document => document.toJS() as Manifest);
    const applied = Object.entries(appliedBy(filesOf(outdir))).filter(([path]) => path.startsWith('rendered/staging')).map(([, each]) => each);
    expect(objects).toHaveLength(applied.length);
    const names = objects.map(({ kind, metadata: { name, namespace } }) => `${kind} ${namespace ?? name}`);
    expect(names.indexOf('Namespace shop')).toBeLessThan(names.indexOf('LimitRange shop'));
    expect(objects).toEqual(expect.arrayContaining(applied));
  });

  test('plugins are told the constructs of objects', () => {
    const stock = temporaryFolder();
    Object.assign(process.env, { CDK8S_OUTDIR: stock, CDK8S_RECORD_CONSTRUCT_METADATA: 'true' });
    stderrOf(() => fleet().synth());
    expect(JSON.parse(filesOf(stock)['construct-metadata.json']!)).toMatchObject({
      version: '1.0.0', resources: { shop: { path: 'staging/tenants/shop/Resource' } },
    });
  });

  test.each(['deploy', 'deploy/dist', '.', './deploy/../deploy'])('an output folder %s is refused, since the command empties it', output => {
    process.env.CDK8S_OUTDIR = output;
    expect(() => new FluxApp({ outdir: 'deploy' })).toThrow(/which `cdk8s synth` empties before each run; allowed: two folders/);
  });

  test.each(['dist', '../deploy', 'deployed', '/tmp/deploy'])('an output folder %s is taken', output => {
    process.env.CDK8S_OUTDIR = output;
    expect(() => new FluxApp({ outdir: 'deploy' })).not.toThrow();
  });
});

describe('what a FluxApp refuses', () => {
  test('an app without a cluster: the tree would be emptied', () => {
    const outdir = temporaryFolder();
    expect(() => new FluxApp({ outdir, layout: FluxLayout.folder() }).synth()).toThrow('FluxApp: clusters: given none; allowed: at least one FluxCluster.');
  });

  test('an object that no Kustomization would reach', () => {
    const app = fleet();
    new ApiObject(new Chart(app, 'stray'), 'x', object('X', 'x'));
    expect(() => app.synth()).toThrow('stray/x: scope: given a construct below no stage of a FluxCluster');
    expect(existsSync(join(app.outdir, 'clusters'))).toBe(false);
  });

  test('an object that the checks find wrong', () => {
    const app = fleet({ more: ({ apps }) => new ApiObject(apps, 'x', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', namespace: 'web' }, spec: { prots: [] } }) });
    expect(() => app.synth()).toThrow('schema/UnknownField');
  });

  test('a tenant whose Kustomization would have a name that is too long', () => {
    expect(() => fleet({ tenants: ['x'.repeat(60)] }).synth()).toThrow(/staging \(FluxCluster\): the Kustomization of x{60}: .*1 to 63 characters/);
  });

  test.each([
    [{ interval: '30' }, /interval/], [{ interval: '30s' }, /interval/], [{ timeout: 'x' }, /timeout/], [{ retryInterval: '' }, /retryInterval/],
    [{ fluxNamespace: 'A' }, /fluxNamespace/], [{ serviceAccountName: '' }, /serviceAccountName/],
  ])('a cluster with %p', (props, message) => {
    expect(() => new FluxCluster(new FluxApp(), 'staging', props)).toThrow(message);
  });

  test('a Kustomization of the program that has the name of one of the tree', () => {
    const app = fleet({
      more: ({ apps }) => new FluxKustomization(apps, 'x', {
        name: 'policies', namespace: 'flux-system', source: { kind: FluxSourceKind.GIT_REPOSITORY, name: 'x' }, serviceAccountName: 'x',
      }),
    });
    expect(() => app.synth()).toThrow('staging (FluxCluster): Kustomization flux-system/policies: given a Kustomization of the program');
  });

  test('two clusters of one name', () => {
    const app = new FluxApp();
    new FluxCluster(app, 'staging');
    new FluxCluster(new Construct(app, 'europe'), 'staging');
    expect(() => app.synth()).toThrow('europe/staging (FluxCluster): id: given "staging"; allowed: a name that staging (FluxCluster) does not have.');
  });

  test.each(['Staging/1', 'bootstrap'])('a cluster whose name %s is none for a folder', name => {
    expect(() => new FluxCluster(new FluxApp(), name)).toThrow(/\(FluxCluster\): id: given/);
  });
});

test('a cluster is of use in a plain App too', () => {
  const app = new App({ outdir: temporaryFolder() });
  const cluster = new FluxCluster(app, 'staging');
  new TenantRole(cluster.policies, 'tenant-role');
  app.synth();
  expect(Object.keys(filesOf(app.outdir)).some(file => file.includes('policies'))).toBe(true);
});
