import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/cli/io';
import { main } from '../../src/cli/main';

const folder = mkdtempSync(join(tmpdir(), 'guardrails-'));
const at = (path: string) => join(folder, path);

function put(path: string, content: string): string {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
  return at(path);
}

const policy = (name: string, annotations = '{}') => [
  'apiVersion: networking.k8s.io/v1',
  'kind: NetworkPolicy',
  `metadata: { name: ${name}, namespace: shop, annotations: ${annotations} }`,
  'spec: { podSelector: {}, policyTypes: [Ingress] }',
  '',
].join('\n');

async function guardrails(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = { stdout: text => void out.push(text), stderr: text => void err.push(text), color: false, interactive: false };
  const code = await main(args, io);
  return { code, stdout: out.join(''), stderr: err.join('') };
}

interface JsonReport {
  readonly summary: Record<string, unknown>;
  readonly findings: { id: string; severity: string; file: string; line: number }[];
}

async function found(...args: string[]): Promise<JsonReport> {
  return JSON.parse((await guardrails('check', ...args, '--format', 'json')).stdout) as JsonReport;
}

/** The errors alone: what else is worth a word is the business of the rules. */
async function errors(...args: string[]) {
  return (await found(...args)).findings.filter(({ severity }) => severity === 'error');
}

let good = '';
let bad = '';
let broken = '';

beforeAll(() => {
  good = put('good/a.yaml', policy('default-deny'));
  bad = put('bad/a.yaml', `${policy('default-deny')}---\n${policy('default-deny')}`);
  broken = put('broken/a.yaml', `a: [\n---\n${policy('default-deny')}`);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the exit code', () => {
  test('is 0 when nothing was found', async () => {
    expect(await guardrails('check', good)).toMatchObject({ code: 0, stderr: '' });
  });

  test('is 1 for findings', async () => {
    expect((await guardrails('check', bad)).code).toBe(1);
    expect((await guardrails('check', broken)).code).toBe(1);
  });

  test('is 1 for warnings only where they are to fail', async () => {
    const warned = put('warned/a.yaml', policy('default-deny', '{ guardrails.cdk8s.io/acknowledge: "identity/DuplicateObject: known" }'));
    expect((await guardrails('check', warned)).code).toBe(0);
    expect((await guardrails('check', warned, '--fail-on', 'warning')).code).toBe(1);
  });

  test('is 2 for a path that is not there, and the rest is checked', async () => {
    const { code, stdout, stderr } = await guardrails('check', at('none.yaml'), bad);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `guardrails check: ${at('none.yaml')}: no such file, folder or match\n` });
    expect(stdout).toContain('identity/DuplicateObject');
  });

  test.each<[string[], string]>([
    [['check'], 'no PATH given'],
    [['check', 'x', '--nonsense'], 'Unknown option \'--nonsense\''],
    [['check', 'x', '--format'], 'argument missing'],
    [['check', 'x', '--format', 'xml'], '--format xml: one of text, json, sarif, junit, github, markdown is needed'],
    [['check', 'x', '--fail-on', 'never'], '--fail-on never: one of error, warning is needed'],
    [['check', 'x', '--ignore', 'no/Rule'], '--ignore no/Rule: there is no such rule'],
    [['check', 'x', '--kubernetes', '1.5'], 'Kubernetes version: given "1.5"'],
    [['check', 'x', '--cni', 'weave'], 'cni: given "weave"'],
    [['check', 'x', '--cni', 'calico', '--cilium', '1.18'], 'cilium: given "1.18"'],
    [['check', 'x', '--target', '/none.yaml'], '--target /none.yaml: there is no such file\n'],
    [['chekc'], 'unknown command chekc'],
    [[], 'Usage: guardrails <command>'],
  ])('%j is a usage error', async (args, message) => {
    const { code, stdout, stderr } = await guardrails(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('help and version', () => {
  test.each([['--help'], ['-h'], ['help']])('%s lists the commands', async flag => {
    expect(await guardrails(flag)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Usage: [^]*\n {2}check {2}[^]*Examples:/) as string, stderr: '' });
  });

  test('each command has its own, with examples', async () => {
    expect((await guardrails('check', '--help')).stdout).toMatch(/^Usage: guardrails check PATH[^]*--target FILE[^]*Examples:\n {2}guardrails check/);
  });

  test('behind -- stands a path', async () => {
    expect((await guardrails('check', '--', '--help')).stderr).toContain('--help: no such file');
  });

  test('the version is the package\'s', async () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
    expect((await guardrails('--version')).stdout).toBe(`${version}\n`);
  });
});

describe('what is checked', () => {
  test('findings have file and line, those of broken YAML too', async () => {
    expect(await errors(bad)).toEqual([expect.objectContaining({ id: 'identity/DuplicateObject', file: bad, line: 8 })]);
    expect(await errors(broken)).toEqual([expect.objectContaining({ id: 'reading/BrokenYaml', file: broken, line: 2 })]);
  });

  test('all paths are one cluster', async () => {
    expect((await errors(good, bad)).map(({ id }) => id)).toEqual(['identity/DuplicateObject', 'identity/DuplicateObject']);
  });

  test('the target comes from flags, which have precedence over the file', async () => {
    const target = put('target.yaml', 'kubernetes: "1.30"\ncilium: { version: "1.17", sctp: true }\n');
    const summary = async (...flags: string[]) => (await found(good, ...flags)).summary.target;
    expect(await summary()).toBe('Kubernetes 1.33, Cilium 1.18, Kyverno 1.19, Flux 2.8');
    expect(await summary('--target', target)).toBe('Kubernetes 1.30, Cilium 1.17, Kyverno 1.19, Flux 2.8');
    expect(await summary('--target', target, '--cilium', '1.20', '--flux', '2.6')).toBe('Kubernetes 1.30, Cilium 1.20, Kyverno 1.19, Flux 2.6');
    expect(await summary('--target', target, '--cni', 'flannel')).toBe('Kubernetes 1.30, flannel, Kyverno 1.19, Flux 2.8');
    expect((await errors(good, '--cni', 'flannel')).map(({ id }) => id)).toEqual(['network/CniEnforcesNothing']);
  });

  test('a target file with a fault is a usage error that names it', async () => {
    const target = put('fault.yaml', 'kubernetes: 1.30\n');
    expect((await guardrails('check', good, '--target', target)).stderr).toContain(`${target}: kubernetes: given 1.3;`);
    put('fault.yaml', 'a: [');
    expect((await guardrails('check', good, '--target', target)).code).toBe(2);
  });

  test('rules that are ignored find nothing', async () => {
    expect(await errors(bad, '--ignore', 'identity/DuplicateObject')).toEqual([]);
    expect((await guardrails('check', broken, '--ignore', 'reading/BrokenYaml')).code).toBe(0);
  });

  test('acknowledged findings are counted', async () => {
    const known = '{ guardrails.cdk8s.io/acknowledge: "identity/DuplicateObject: two of them" }';
    const file = put('known/a.yaml', `${policy('default-deny')}---\n${policy('default-deny', known)}`);
    expect((await found(file)).summary).toMatchObject({ acknowledged: 1 });
    expect(await errors(file)).toEqual([]);
  });

  test('kinds that no rule knows and documents that are no objects are counted', async () => {
    const file = put('other/a.yaml', 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: a }\n---\nreplicas: 3\n');
    expect((await found(file)).summary).toMatchObject({ objects: 1, otherDocuments: 1, unknownKinds: { Widget: 1 } });
  });
});

describe('the output', () => {
  test('is data alone on stdout, and a summary on stderr', async () => {
    const { stdout, stderr } = await guardrails('check', good, '--format', 'json');
    expect(JSON.parse(stdout)).toHaveProperty('findings', []);
    expect(stderr).toMatch(/^0 errors, .* in 1 object of 1 file, checked for Kubernetes 1\.33, Cilium 1\.18, Kyverno 1\.19, Flux 2\.8\.\n/);
  });

  test('goes to a file', async () => {
    const { code, stdout } = await guardrails('check', bad, '--format', 'sarif', '--output', at('out.sarif'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(readFileSync(at('out.sarif'), 'utf8'))).toHaveProperty('version', '2.1.0');
  });

  test('to a file that cannot be written is a usage error', async () => {
    expect((await guardrails('check', good, '--output', at('none/out.txt'))).code).toBe(2);
  });
});

describe('a repository of several clusters', () => {
  const sync = (name: string) => `{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: apps, namespace: flux-system }, spec: { interval: 10m, prune: true, path: ./apps/${name}, sourceRef: { kind: GitRepository, name: flux-system } } }`;

  test('is checked cluster by cluster: what one has does not clash with the other, and what both share is told once', async () => {
    for (const name of ['staging', 'production']) {
      put(`fleet/clusters/${name}/apps.yaml`, sync(name));
      put(`fleet/apps/${name}/default-deny.yaml`, policy('default-deny'));
      put(`fleet/apps/${name}/kustomization.yaml`, '{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resources: [default-deny.yaml, ../base] }');
    }
    put('fleet/apps/base/kustomization.yaml', '{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resources: [map.yaml] }');
    put('fleet/apps/base/map.yaml', '{ apiVersion: v1, kind: ConfigMap, metadata: { name: A, namespace: shop } }');
    expect(await errors(at('fleet'))).toMatchObject([{ id: 'kubernetes/InvalidName', file: at('fleet/apps/base/map.yaml') }]);
  });
});

describe('a folder without any object', () => {
  const empty = 'no Kubernetes object is there';

  test('is a usage error: a path that is misspelt would pass for ever', async () => {
    mkdirSync(at('empty/nothing'), { recursive: true });
    put('empty/values/values.yaml', 'replicas: 2\n');
    for (const path of ['empty/nothing', 'empty/values']) {
      expect(await guardrails('check', at(path))).toMatchObject({ code: 2, stderr: expect.stringContaining(`${at(path)}: ${empty}`) });
    }
  });

  test('is told beside others that have some', async () => {
    const file = put('empty/some/good.yaml', policy('good'));
    const { code, stderr } = await guardrails('check', at('empty/some'), at('empty/nothing'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: `note: ${at('empty/nothing')}: ${empty}\n` });
    expect((await guardrails('check', at('empty/some'), file)).stderr).toBe('');
  });

  test('is not the same as a file without any, which somebody named', async () => {
    expect(await guardrails('check', put('empty/values/values.yaml', 'replicas: 2\n'))).toMatchObject({ code: 0, stderr: '' });
  });
});
