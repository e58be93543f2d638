import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALLOW, Folder, guardrails, TENANTS } from './support';
import {
  Allow, Cni, FluxApp, FluxCluster, FluxLayout, Platform, type PlatformProps, Port, RemovalPolicy, TenantNamespace, TenantRole,
} from '../../src';
import { factsOf } from '../../src/platform/facts-of-platform';
import { readPlatformFacts } from '../../src/target/target-file';
import { targetOf } from '../../src/target/target-of';
import { testApp } from '../support/synth';
import { stderrOf } from '../support/tree';

const folder = new Folder();

const sync = (name: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, path: ./apps/${name}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;

/** A repository of two clusters, of which only staging lets the shop call the bank. */
const fleet = (path: string, production = '') => {
  for (const name of ['staging', 'production']) folder.put(`${path}/clusters/${name}/apps.yaml`, sync(name));
  folder.put(`${path}/apps/staging/all.yaml`, TENANTS + ALLOW);
  folder.put(`${path}/apps/production/all.yaml`, TENANTS + production);
  return folder.at(path);
};
const repository = fleet('repository');
const opened = fleet('opened', ALLOW);
const question = ['--from', 'shop/web', '--to', 'bank/api', '--port', '8080'];

describe('a repository of several clusters', () => {
  test.each([['explain', question], ['map', []], ['test', ['--init']]])('%s asks which one is meant', async (command, more) => {
    const { code, stdout, stderr } = await guardrails(command, repository, ...more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('the manifests are of several clusters: production, staging; name one with --cluster NAME');
  });

  test('each is asked about alone', async () => {
    expect((await guardrails('explain', repository, ...question, '--cluster', 'staging')).stdout).toContain('is allowed');
    expect((await guardrails('explain', repository, ...question, '--cluster', 'production')).stdout).toContain('is denied');
    expect((await guardrails('map', repository, '--cluster', 'staging', '--format', 'connlist')).stdout).toContain('shop/web[Deployment] => bank/api[Deployment]');
    expect((await guardrails('map', repository, '--cluster', 'production', '--format', 'connlist')).stdout).not.toContain('=> bank/api');
    expect(await guardrails('map', repository, '--cluster', 'prod')).toMatchObject({ code: 2, stderr: expect.stringContaining('there is production, staging') });
  });

  test('a table of flows can say which one it is about', async () => {
    const table = folder.put('flows.yaml', 'cluster: production\nflows:\n  - { from: shop/web, to: bank/api, port: 8080, expect: denied }\n');
    expect(await guardrails('test', repository, '--spec', table)).toMatchObject({ code: 0 });
    expect(await guardrails('test', repository, '--spec', table, '--cluster', 'staging')).toMatchObject({ code: 2 });
    const written = folder.at('written.yaml');
    await guardrails('test', repository, '--init', '--spec', written, '--cluster', 'production');
    expect(readFileSync(written, 'utf8')).toContain('cluster: production\n');
    expect(await guardrails('test', repository, '--spec', written)).toMatchObject({ code: 0 });
  });

  test('a change is told cluster by cluster', async () => {
    const { code, stdout, stderr } = await guardrails('diff', repository, opened, '--fail-on', 'opened-cross-tenant');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^cluster production\n\+ shop\/web\[Deployment\] => bank\/api\[Deployment\] : 8080\/TCP [^]*\ncluster staging\nnothing opened, nothing closed\n$/);
    expect(stderr).toBe('1 opened, 0 closed, 0 changed\nfails: shop/web[Deployment] => bank/api[Deployment] (cross-tenant, cross-namespace)\n');
    expect((await guardrails('diff', repository, opened, '--cluster', 'staging')).stdout).toBe('nothing opened, nothing closed\n');
  });

  test.each([
    ['json', /"cluster": "production",\n\s+"kind": "opened"/], ['csv', /,production\r?\n$/], ['markdown', /^## Reachability in production$/m],
    ['connlist', /^# cluster production\nadded: shop\/web\[Deployment\] => bank\/api\[Deployment\] : TCP 8080$/m],
  ])('in %s too', async (format, expected) => {
    expect((await guardrails('diff', repository, opened, '--format', format)).stdout).toMatch(expected);
  });

  describe('with objects beside the clusters', () => {
    const beside = (path: string, more: string) => {
      const own = fleet(path);
      folder.put(`${path}/policies/extra.yaml`, `{ apiVersion: v1, kind: Namespace, metadata: { name: shared } }\n${more}`);
      return own;
    };
    const before = beside('beside-before', '');
    const after = beside('beside-after', ALLOW);

    test('a change of what belongs to no cluster is told, and counts', async () => {
      const { code, stdout, stderr } = await guardrails('diff', before, after, '--fail-on', 'closed-from-world');
      expect(code).toBe(1);
      expect(stdout).toMatch(/cluster staging\nnothing opened, nothing closed\n\noutside of every cluster\n- \*\/\*\[Pods\] => bank\/app=api\[Pods\] : any port/);
      expect(stderr).not.toContain('left out');
    });

    test.each([['markdown', /^## Reachability outside of every cluster$/m], ['connlist', /^# outside of every cluster$/m]])('in %s too', async (format, expected) => {
      expect((await guardrails('diff', before, after, '--format', format)).stdout).toMatch(expected);
    });

    test.each<[string[]]>([
      [['diff', before, after]], [['map', after]], [['explain', after, ...question]], [['test', after, '--init']],
    ])('%j with --cluster says what it leaves out', async args => {
      const { code, stderr } = await guardrails(...args, '--cluster', 'staging');
      expect(code).toBe(0);
      expect(stderr).toMatch(/note: Namespace shared and 2 more belong to no cluster and are left out; the first is in .*policies\/extra\.yaml/);
    });
  });

  test('a picture is of one', async () => {
    expect(await guardrails('diff', repository, opened, '--format', 'svg')).toMatchObject({ code: 2, stdout: '' });
    expect((await guardrails('diff', repository, opened, '--format', 'mermaid', '--cluster', 'production')).stdout).toContain('shop/web');
  });

  test('a cluster that is new was empty before', async () => {
    folder.put('single/clusters/staging/apps.yaml', sync('staging'));
    folder.put('single/apps/staging/all.yaml', TENANTS + ALLOW);
    const { stdout } = await guardrails('diff', folder.at('single'), opened, '--cluster', 'production');
    expect(stdout).toContain('+ shop/web[Deployment] => bank/api[Deployment] : 8080/TCP');
  });

  test('is not compared with what tells no clusters apart', async () => {
    const plain = folder.put('plain/all.yaml', TENANTS);
    expect(await guardrails('diff', plain, opened)).toMatchObject({ code: 2, stderr: expect.stringContaining('OLD is not laid out by cluster') });
  });
});

describe('a tree of FluxApp', () => {
  const clusters: Record<string, PlatformProps> = { staging: { cni: Cni.cilium('1.19') }, production: { cni: Cni.calico(), kubernetes: '1.34' } };

  function tree(name: string, layout: FluxLayout): string {
    const app = new FluxApp({ outdir: folder.at(name), layout });
    for (const [cluster, platform] of Object.entries(clusters)) {
      const own = new FluxCluster(app, cluster, { platform });
      new TenantRole(own.policies, 'tenant-role');
      const [web, api] = ['shop', 'bank'].map(tenant => (
        new TenantNamespace(own.tenants, tenant, { team: tenant, removal: RemovalPolicy.RETAIN }).workload('app', { labels: { app: tenant } })
      ));
      new Allow(own.tenants, 'allow', { from: web!, to: api!, ports: [Port.tcp(8080)] });
    }
    stderrOf(() => app.synth());
    return app.outdir;
  }

  test.each([
    ['monorepo', FluxLayout.monorepo({ path: 'deploy' })], ['artifact', FluxLayout.artifact()], ['folder', FluxLayout.folder()],
  ])('%s: each cluster is checked for what it is', async (name, layout) => {
    const { stdout, stderr } = await guardrails('check', tree(name, layout), '--format', 'json');
    expect(stdout).not.toContain('DuplicateObject');
    expect(stderr).toContain('Kubernetes 1.34, Calico, Kyverno 1.19, Flux 2.8 (production); Kubernetes 1.33, Cilium 1.19, Kyverno 1.19, Flux 2.8 (staging)');
    expect(stderr).not.toContain('No rule knows: Platform');
  });

  test('flags have precedence over what the tree says', async () => {
    const { stderr } = await guardrails('check', tree('flags', FluxLayout.folder()), '--kubernetes', '1.31', '--format', 'json');
    expect(stderr).toContain('Kubernetes 1.31, Calico, Kyverno 1.19, Flux 2.8 (production); Kubernetes 1.31, Cilium 1.19');
  });

  test('what it says of a cluster is a target file', async () => {
    const target = join(tree('target', FluxLayout.folder()), 'bootstrap/production/platform.yaml');
    expect(readFileSync(target, 'utf8')).toContain('config.kubernetes.io/local-config: "true"');
    const { stderr } = await guardrails('check', folder.put('one.yaml', TENANTS), '--target', target);
    expect(stderr).toBe('');
    expect((await guardrails('check', folder.at('one.yaml'), '--target', target)).stdout).toContain('checked for Kubernetes 1.34, Calico');
  });
});

test.each<[string, PlatformProps]>([
  ['defaults', {}], ['flannel', { cni: Cni.flannel() }], ['another', { cni: Cni.other('weave', { enforcesNetworkPolicy: true }) }],
  ['everything', {
    cni: Cni.cilium('1.20', { sctp: true, cidrMatchesPods: true, hostFirewall: true }),
    kubernetes: '1.34',
    kyverno: '1.18',
    flux: '2.7',
    clusterName: 'east',
    clusterDomain: 'k8s.example',
    searchDomains: ['corp.example'],
    podCidrs: ['10.0.0.0/8'],
    serviceCidrs: ['10.96.0.0/12'],
    nodeCidrs: ['192.0.2.0/24'],
    apiServer: { cidrs: ['192.0.2.1/32'], port: 6443 },
    podTemplates: { Rollout: 'spec.template' },
    systemNamespaces: ['kube-system'],
    fluxLockdown: false,
  }],
])('what a platform says of itself is the same platform: %s', (_name, props) => {
  const platform = new Platform(testApp(), 'platform', props);
  const facts = readPlatformFacts(JSON.parse(JSON.stringify(factsOf(platform))), 'platform.yaml');
  const isNothing = (key: string, value: unknown) => key === 'cniMend' || (Array.isArray(value) && value.length === 0);
  const plain = (target: object) =>
    JSON.parse(JSON.stringify(target, (key, value: unknown) => (isNothing(key, value) ? undefined : value))) as object;
  expect({ ...plain(targetOf(facts)), podTemplates: facts.podTemplates ?? {} }).toEqual(plain(platform._target));
});
