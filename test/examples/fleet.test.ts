import { join } from 'node:path';
import { parse } from 'yaml';
import { check } from '../../src/checks/check';
import { findingLine } from '../../src/checks/finding-line';
import { readFiles } from '../../src/manifests/read-files';
import { targetOf } from '../../src/target/target-of';
import { synthExample } from '../support/example';
import { namespace, pod, Reach } from '../support/reach';
import { appliedBy, filesOf, stderrOf, temporaryFolder } from '../support/tree';

/** Runs the example in a folder of its own, as `cdk8s synth` does. */
function fleet(folder: string): string {
  const before = process.cwd();
  const outdir = process.env.CDK8S_OUTDIR;
  process.chdir(folder);
  process.env.CDK8S_OUTDIR = 'dist';
  try {
    return stderrOf(() => jest.isolateModules(() => jest.requireActual('../../examples/fleet/main')));
  } finally {
    process.chdir(before);
    if (outdir === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = outdir;
  }
}

const folder = temporaryFolder();
const said = fleet(folder);
const files = filesOf(join(folder, 'deploy'));
const applied = appliedBy(files);
const TENANTS = ['identity', 'inference', 'infra', 'monitoring', 'payments'];

interface Kustomization {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly path: string;
    readonly prune: boolean;
    readonly wait: boolean;
    readonly dependsOn?: { readonly name: string }[];
  };
}

describe.each(['staging', 'production'])('examples/fleet, %s', cluster => {
  const kustomizations = Object.keys(files).filter(path => path.startsWith(`clusters/${cluster}/sync/`) && !path.endsWith('/kustomization.yaml'))
    .map(path => parse(files[path]!) as Kustomization);
  const objects = Object.entries(applied).filter(([path]) => path.startsWith(`rendered/${cluster}/`));

  test('every object lies below the path of exactly one Kustomization that lists it', () => {
    const lists = kustomizations.map(({ spec }) => `${spec.path.replace('./deploy/', '')}/kustomization.yaml`);
    expect(lists.sort()).toEqual(Object.keys(files).filter(path => path.startsWith(`rendered/${cluster}/`) && path.endsWith('/kustomization.yaml')));
    expect(objects.length).toBeGreaterThan(80);
  });

  test('the CNI comes before operators, these before policies, these before tenants, and each tenant before its apps', () => {
    const order = Object.fromEntries(kustomizations.map(({ metadata, spec }) => [metadata.name, spec.dependsOn?.map(({ name }) => name)]));
    expect(order).toEqual({
      cni: undefined,
      controllers: ['cni'],
      policies: ['controllers'],
      ...Object.fromEntries(TENANTS.flatMap(tenant => [[`tenant-${tenant}`, ['policies']], [`apps-${tenant}`, [`tenant-${tenant}`]]])),
    });
    expect(kustomizations.filter(({ spec }) => !spec.prune).map(({ metadata }) => metadata.name)).toEqual(['cni']);
    expect(kustomizations.every(({ spec }) => spec.wait)).toBe(true);
  });

  test('what lies with a tenant is in its namespace, and nothing of its namespace lies elsewhere', () => {
    for (const [path, { kind, metadata }] of objects) {
      const tenant = /\/tenants\/([^/]+)\//.exec(path)?.[1];
      const namespaceOf = kind === 'Namespace' ? metadata.name : metadata.namespace;
      expect([path, TENANTS.find(name => name === namespaceOf)]).toEqual([path, tenant]);
    }
  });

  test('the checks find nothing to mend', () => {
    const { objects: located, problems } = readFiles(['bootstrap', 'clusters', 'rendered'].map(path => join(folder, 'deploy', path, cluster)));
    expect([...problems, ...check(located, targetOf())].filter(({ severity }) => severity !== 'info').map(findingLine)).toEqual([]);
    expect(located.length).toBeGreaterThan(100);
  });

  test('opens the connections that the showcase opens', () => {
    const outside = [namespace('kube-system'), pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'coredns' })];
    const ports = [53, 443, 5432, 8000, 8080, 9090, 9100, 10443, 19001].map(port => ({ port }));
    const flows = new Reach([...objects.map(([, object]) => object), ...outside]).flows(ports);
    expect(flows).toEqual(new Reach([...synthExample('payments'), ...outside]).flows(ports));
    expect(flows).toContain('payments/payments-frontend -> payments/payments-api TCP/8080');
  });
});

test('a second run of examples/fleet changes nothing', () => {
  expect(said).toMatch(/deploy: 2\d\d added, 0 changed, 0 removed, 0 unchanged\n$/);
  expect(fleet(folder)).toMatch(/^deploy: 0 added, 0 changed, 0 removed, 2\d\d unchanged\n$/);
  expect(filesOf(join(folder, 'deploy'))).toEqual(files);
});

test('the folder of cdk8s gets plain manifests of both clusters', () => {
  expect(Object.keys(filesOf(join(folder, 'dist')))).toEqual(['production.k8s.yaml', 'staging.k8s.yaml']);
});
