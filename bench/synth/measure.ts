import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { OBJECTS_OF_A_TENANT } from './tenants';

const ROOT = join(__dirname, '../..');
const TENANTS = 1000;
const RUNS = 5;

/** In memory where there is such a folder: the program is to be measured, not the disk. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'guardrails-bench-'));

interface Measure {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Compiled, so that the compiler is not in the memory that is measured. */
function compile(name: string): void {
  const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.CommonJS };
  writeFileSync(join(folder, `${name}.js`), transpileModule(readFileSync(join(__dirname, `${name}.ts`), 'utf8'), { compilerOptions }).outputText);
}

function run(mode: string, count: number, keep = false): Measure {
  const out = join(folder, String(count));
  if (!keep) for (const made of ['tree', 'app']) rmSync(join(out, made), { recursive: true, force: true });
  rmSync(join(out, 'plain'), { recursive: true, force: true });
  // What ships is measured: the compiled library.
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'run.js'), join(ROOT, 'lib'), mode, String(count), out], {
    encoding: 'utf8', env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measure;
}

function median(measures: Measure[]): Measure {
  return measures.sort((a, b) => a.milliseconds - b.milliseconds)[Math.floor(measures.length / 2)]!;
}

/** Turn by turn, so that all see the same machine. */
function measure(): Record<Mode, Measure> {
  const names = Object.keys(MODES) as Mode[];
  const measures = Array.from({ length: RUNS }, () => names.map(name => MODES[name]()));
  return Object.fromEntries(names.map((name, index) => [name, median(measures.map(each => each[index]!))])) as Record<Mode, Measure>;
}

const MODES = {
  tree: () => run('tree', TENANTS),
  again: () => run('tree', TENANTS, true),
  ownPrinter: () => run('printYaml', TENANTS, true),
  jsYaml: () => run('js-yaml', TENANTS, true),
  cdk8sYaml: () => run('cdk8s', TENANTS, true),
  twice: () => run('tree', 2 * TENANTS),
};
type Mode = keyof typeof MODES;

compile('run');
compile('tenants');
const { tree, again, ownPrinter, jsYaml, cdk8sYaml, twice } = measure();
const app = run('app', TENANTS);
rmSync(folder, { recursive: true });

const seconds = ({ milliseconds }: Measure) => `${(milliseconds / 1000).toFixed(2)} s`;
const memory = ({ megabytes }: Measure) => `${megabytes.toFixed(0)} MB`;
const times = (a: Measure, b: Measure) => (a.milliseconds / b.milliseconds).toFixed(2);
const rows = [
  [`FluxApp, ${TENANTS} tenants of ${OBJECTS_OF_A_TENANT} objects`, seconds(tree), memory(tree), ''],
  ['the same a second time, nothing to write', seconds(again), memory(again), ''],
  [`FluxApp, ${2 * TENANTS} tenants`, seconds(twice), memory(twice), `${times(twice, tree)} times half of it`],
  ['cdk8s App, the same charts', seconds(app), memory(app), `${times(app, tree)} times FluxApp`],
  ['the same files from plain objects, with the YAML of cdk8s', seconds(cdk8sYaml), memory(cdk8sYaml), `FluxApp takes ${times(tree, cdk8sYaml)} times that`],
  ['with js-yaml', seconds(jsYaml), memory(jsYaml), `${times(tree, jsYaml)} times`],
  ['with the printer of FluxApp', seconds(ownPrinter), memory(ownPrinter), `${times(tree, ownPrinter)} times`],
];

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]!.model.trim()}, median of ${RUNS} runs, cdk8s App once.\n`);
console.log(['| what | time | memory | |', '| --- | --- | --- | --- |', ...rows.map(cells => `| ${cells.join(' | ')} |`)].join('\n'));
