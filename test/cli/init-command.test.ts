import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Folder, guardrails } from './support';
import { PINNED } from '../../src/cli/init/package-json';
import { version } from '../../src/report/version';
import { filesOf } from '../support/tree';

const folder = new Folder();
const STARTER = join(__dirname, '../../starter');
const manifest = (dir: string) => JSON.parse(readFileSync(folder.at(`${dir}/package.json`), 'utf8')) as Record<string, any>;

describe('guardrails init', () => {
  test('writes a repository, says which files, and what comes next', async () => {
    const { code, stdout, stderr } = await guardrails('init', folder.at('My Platform'));
    const files = filesOf(folder.at('My Platform'));
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toEqual(Object.keys(files).map(path => join(folder.at('My Platform'), path)).sort());
    expect(Object.keys(files).sort()).toEqual([
      '.github/workflows/guardrails.yaml', '.gitignore', 'README.md', 'app.ts', 'cdk8s.yaml',
      'deploy/clusters/local/flux-system/gotk-components.yaml', 'deploy/clusters/local/flux-system/gotk-sync.yaml',
      'deploy/clusters/local/flux-system/kustomization.yaml', 'local.ts', 'main.ts', 'package.json', 'server.ts', 'tenants/shop.ts',
      'test/flows.test.ts', 'tsconfig.json',
    ]);
    expect(stderr).toContain('npm install && npm test && npm run build');
    expect(manifest('My Platform').name).toBe('my-platform');
    expect(readdirSync(folder.path)).toEqual(['My Platform']);
  });

  test.each(['k3d', 'kind'])('has the local cluster of %s', async tool => {
    await guardrails('init', '--cluster', tool, folder.at(tool));
    const files = filesOf(folder.at(tool));
    expect(files['local.ts']).toBe(readFileSync(join(STARTER, tool === 'k3d' ? 'local.ts' : 'local.kind.ts'), 'utf8'));
    expect(files).not.toHaveProperty(['local.kind.ts']);
    expect(files['README.md']).toContain(`deploy/bootstrap/local/${tool}-up.sh`);
    expect(Object.entries(files).filter(([, text]) => text.includes('{{tool}}'))).toEqual([]);
  });

  test('pins everything to what the library is tried with', async () => {
    const installed = Object.entries({ ...PINNED.dependencies, ...PINNED.devDependencies }).map(([name, pinned]) => {
      const { version: tried } = JSON.parse(readFileSync(join(__dirname, `../../node_modules/${name}/package.json`), 'utf8')) as { version: string };
      return { name, pinned, tried };
    });
    expect(installed.filter(({ pinned, tried }) => pinned !== tried)).toEqual([]);
    await guardrails('init', folder.at('pinned'));
    const { dependencies, devDependencies, overrides } = manifest('pinned');
    expect(Object.values({ ...dependencies, ...devDependencies }).filter(text => !/^\d+\.\d+\.\d+$/.test(text as string))).toEqual([]);
    expect(dependencies['cdk8s-guardrails']).toBe(version());
    expect(overrides).toEqual((JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { overrides: object }).overrides);
  });

  test('takes the library from a tarball', async () => {
    const tarball = folder.put('packed/library.tgz', '');
    expect(await guardrails('init', '--library', tarball, folder.at('deep/er/offline'))).toMatchObject({ code: 0 });
    expect(manifest('deep/er/offline').dependencies['cdk8s-guardrails']).toBe('file:../../../packed/library.tgz');
  });

  test('has a pipeline that checks what is committed, and only reads', async () => {
    await guardrails('init', folder.at('pipeline'));
    const workflow = parse(readFileSync(folder.at('pipeline/.github/workflows/guardrails.yaml'), 'utf8')) as Record<string, any>;
    const steps = workflow.jobs.check.steps as { run?: string }[];
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual([
      'npm ci', 'npm test', 'npm run check', 'npx guardrails check deploy --format github', expect.stringContaining('npx guardrails diff'),
    ]);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(manifest('pipeline').scripts.check).toContain('GUARDRAILS_CHECK=1 cdk8s synth');
  });

  test('takes an empty folder, also one that a run was killed in, and never one that has something', async () => {
    mkdirSync(folder.at('empty'));
    folder.put('empty/.guardrails-init/app.ts', 'half');
    expect((await guardrails('init', folder.at('empty'))).code).toBe(0);
    expect(readdirSync(folder.at('empty'))).not.toContain('.guardrails-init');
    const before = filesOf(folder.at('empty'));
    const { code, stderr } = await guardrails('init', '--cluster', 'kind', folder.at('empty'));
    expect(code).toBe(2);
    expect(stderr).toContain('it is not empty, it has .github, .gitignore, README.md ...');
    expect(filesOf(folder.at('empty'))).toEqual(before);
    folder.put('mine/notes.txt', 'mine');
    expect((await guardrails('init', folder.at('mine'))).stderr).toContain('it is not empty, it has notes.txt\n');
    expect(readdirSync(folder.at('mine'))).toEqual(['notes.txt']);
  });

  test.each([
    [[], 'one DIR is needed; given 0'],
    [['a', 'b'], 'one DIR is needed; given 2'],
    [['--cluster', 'minikube', 'x'], '--cluster minikube: one of k3d, kind is needed'],
    [['--library', 'nowhere.tgz', 'x'], '--library nowhere.tgz: no such file'],
    [['--library', __filename, 'x'], 'a tarball is needed, as npm pack makes it'],
    [[__filename], 'it is a file'],
    [[join(__filename, 'below')], 'a part of the path is a file, not a folder'],
  ])('does not take %j', async (args, said) => {
    const { code, stderr } = await guardrails('init', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});
