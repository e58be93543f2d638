import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';

const ROOT = dirname(__dirname);

/** Run what a reader of the example would run in its folder: `cdk8s synth`. */
function synthesize(folder: string): void {
  const cli = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const { status, stdout } = spawnSync(process.execPath, [cli, 'synth'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    // The upgrade check asks the registry, which fails loudly where there is no network.
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  if (status !== 0) {
    // Validation reports go to stdout.
    console.error(stdout);
    throw new Error(`cdk8s synth failed in ${relative(ROOT, folder)} (exit code ${status})`);
  }
}

/** Every file below a folder, by its path, in a stable order. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What a manifest holds, as in "Namespace, 3 NetworkPolicy". */
function contents(path: string): string {
  const counts = new Map<string, number>();
  for (const document of parseAllDocuments(readFileSync(path, 'utf8'))) {
    const kind: unknown = document.get('kind');
    if (typeof kind === 'string') {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return [...counts].map(([kind, count]) => count === 1 ? kind : `${count} ${kind}`).join(', ');
}

function main(name: string): void {
  const folder = join(ROOT, 'examples', name);
  if (!existsSync(join(folder, 'cdk8s.yaml'))) {
    throw new Error(`There is no example '${name}': examples/${name}/cdk8s.yaml does not exist`);
  }
  const output = join(folder, 'dist');
  rmSync(output, { recursive: true, force: true });
  synthesize(folder);

  const files = filesBelow(output);
  if (files.length === 0) {
    throw new Error(`The example '${name}' wrote nothing to ${relative(ROOT, output)}`);
  }
  const paths = files.map((file) => relative(output, file));
  const width = Math.max(...paths.map((path) => path.length));
  console.log(`Wrote ${files.length} ${files.length === 1 ? 'file' : 'files'} to ${relative(ROOT, output)}:`);
  files.forEach((file, index) => console.log(`  ${paths[index]?.padEnd(width)}  ${contents(file)}`));
}

try {
  main(process.argv[2] ?? 'payments');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
