import { join } from 'node:path';
import { parse } from 'yaml';
import { guardrails } from './support';
import { FluxLockdown } from '../../src';
import { filesOf, stderrOf, temporaryFolder } from '../support/tree';

/** Builds the tree in a folder of its own, with one of the local clusters. */
function build(local: string): string {
  const before = process.cwd();
  const folder = temporaryFolder();
  process.chdir(folder);
  try {
    stderrOf(() => jest.isolateModules(() => {
      if (local !== 'local') jest.doMock('../../starter/local', () => jest.requireActual<object>(`../../starter/${local}`));
      jest.requireActual('../../starter/main');
    }));
    return folder;
  } finally {
    process.chdir(before);
  }
}

// What the repository is told to expect of itself.
describe('the tests that a new repository has', () => {
  jest.requireActual('../../starter/test/flows.test');
});

describe.each([
  ['k3d', 'local', '10.42.0.0/16'],
  ['kind', 'local.kind', '10.244.0.0/16'],
])('a new repository with a cluster of %s', (tool, local, range) => {
  const folder = build(local);
  const files = filesOf(folder);

  test('has a tree, and scripts for a cluster with the ranges that the Platform says', () => {
    expect(Object.keys(files)).toEqual(expect.arrayContaining([
      `deploy/bootstrap/local/${tool}-up.sh`, 'deploy/bootstrap/local/install-cilium.sh', 'deploy/clusters/local/sync/tenant-shop.yaml',
      'deploy/rendered/local/cni/flux-system/helmrelease-cilium.yaml', 'deploy/rendered/local/tenants/shop/apps/deployment-web.yaml',
    ]));
    expect(files[`deploy/bootstrap/local/${tool}.yaml`]).toContain(range);
  });

  test('has nothing that the checks find', async () => {
    expect(await guardrails('check', join(folder, 'deploy'))).toMatchObject({ code: 0 });
  });
});

test('a new repository locks Flux down as the library says', () => {
  const folder = join(__dirname, '../../starter/deploy/clusters/local/flux-system');
  const { 'kustomization.yaml': lockdown, ...others } = filesOf(folder);
  expect(parse(lockdown!)).toEqual(parse(new FluxLockdown().toYaml()));
  expect(others).toEqual({ 'gotk-components.yaml': '', 'gotk-sync.yaml': '' });
});

test('a new repository runs actions of other people at one commit, which nobody can move', () => {
  const workflow = filesOf(join(__dirname, '../../starter/.github/workflows'))['guardrails.yaml']!;
  const uses = workflow.split('\n').filter(line => line.includes('uses:'));
  expect(uses.length).toBeGreaterThan(0);
  for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
