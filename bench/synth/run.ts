import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, Chart, Yaml } from 'cdk8s';
import { dump, load } from 'js-yaml';
import { tenants } from './tenants';

// One measurement, in a process of its own: run.js LIBRARY MODE COUNT FOLDER
const [library, mode, count, folder] = process.argv.slice(2) as [string, string, string, string];
const guardrails = module.require(join(library, 'index')) as typeof import('../../src');
const { printYaml } = module.require(join(library, 'manifests/print-yaml')) as typeof import('../../src/manifests/print-yaml');

/** Objects as they are in a tree that was written before, by path. */
function plainObjects(): [path: string, object: unknown][] {
  const index = readFileSync(join(folder, 'tree/.guardrails.sha256'), 'utf8').trim().split('\n').map(line => line.slice(66));
  return index.map(path => [path, load(readFileSync(join(folder, 'tree', path), 'utf8'))]);
}

function writePlain(objects: [path: string, object: unknown][], print: (object: unknown) => string): void {
  const made = new Set<string>();
  for (const [path, object] of objects) {
    const file = join(folder, 'plain', path);
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, print(object));
  }
}

/** What plain objects can be written with. */
const PRINTERS: Record<string, (object: unknown) => string> = {
  'cdk8s': object => Yaml.stringify(object),
  'js-yaml': object => dump(object, { noRefs: true, lineWidth: -1 }),
  'printYaml': printYaml,
};

const RUNS: Record<string, () => () => void> = {
  tree: () => () => {
    const app = new guardrails.FluxApp({ outdir: join(folder, 'tree'), layout: guardrails.FluxLayout.monorepo({ path: 'deploy' }) });
    const cluster = new guardrails.FluxCluster(app, 'production');
    new guardrails.TenantRole(cluster.policies, 'tenant-role');
    tenants(guardrails, cluster.tenants, Number(count));
    app.synth();
  },
  app: () => () => {
    const app = new App({ outdir: join(folder, 'app') });
    new guardrails.Platform(app, 'platform');
    new guardrails.TenantRole(new Chart(app, 'policies'), 'tenant-role');
    tenants(guardrails, app, Number(count));
    app.synth();
  },
  ...Object.fromEntries(Object.entries(PRINTERS).map(([name, print]) => [name, () => {
    const objects = plainObjects();
    return () => writePlain(objects, print);
  }])),
};

// What a run says of what it wrote is none of the measure.
process.stderr.write = () => true;
const run = RUNS[mode]!();
const start = performance.now();
run();
console.log(JSON.stringify({ milliseconds: performance.now() - start, megabytes: process.resourceUsage().maxRSS / 1024 }));
