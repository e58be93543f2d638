import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { manifests } from './generate';

const ROOT = join(__dirname, '../..');
const OBJECTS = 20_000;
const COLD_FILES = 50;
const RUNS = 7;

// What ships is measured: the compiled library.
const { check, readFiles } = module.require(join(ROOT, 'lib/check')) as typeof import('../../src/check');

const folder = mkdtempSync(join(tmpdir(), 'guardrails-bench-'));

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

function time(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Milliseconds for js-yaml alone and for a whole check of a file, turn by turn, so that both see the same machine. */
function measure(file: string): { parse: number; whole: number; findings: number } {
  const text = readFileSync(file, 'utf8');
  const parses: number[] = [];
  const wholes: number[] = [];
  let findings = 0;
  for (let run = 0; run < RUNS; run++) {
    parses.push(time(() => loadAll(text)));
    wholes.push(time(() => {
      const { objects, problems } = readFiles([file]);
      findings = problems.length + check(objects).length;
    }));
  }
  return { parse: median(parses), whole: median(wholes), findings };
}

function put(name: string, count: number): string {
  const file = join(folder, name);
  writeFileSync(file, manifests(count));
  return file;
}

/** Milliseconds for a whole process that checks fifty files of three objects. */
function measureCold(): number {
  mkdirSync(join(folder, 'cold'));
  const paths = Array.from({ length: COLD_FILES }, (_, index) => put(`cold/${index}.yaml`, 3));
  return median(Array.from({ length: RUNS }, () => time(() => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/guardrails'), 'check', ...paths], { encoding: 'utf8' });
    if (status === 2 || status === null) throw new Error(stderr);
  })));
}

const once = measure(put('once.yaml', OBJECTS));
const twice = measure(put('twice.yaml', 2 * OBJECTS));
const size = readFileSync(join(folder, 'once.yaml')).length / 1e6;
const rows = [
  [`js-yaml alone, ${OBJECTS} objects (${size.toFixed(0)} MB)`, `${once.parse.toFixed(0)} ms`, ''],
  [`whole check, ${OBJECTS} objects`, `${once.whole.toFixed(0)} ms`, `${(once.whole / once.parse).toFixed(2)} times js-yaml; ${once.findings} findings`],
  [`whole check, ${2 * OBJECTS} objects`, `${twice.whole.toFixed(0)} ms`, `${(twice.whole / once.whole).toFixed(2)} times half of it`],
  [`\`guardrails check\` of ${COLD_FILES} files, cold`, `${measureCold().toFixed(0)} ms`, ''],
];
rmSync(folder, { recursive: true });

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]!.model.trim()}, median of ${RUNS} runs.\n`);
console.log(['| what | time | |', '| --- | --- | --- |', ...rows.map(cells => `| ${cells.join(' | ')} |`)].join('\n'));
