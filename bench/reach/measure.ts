import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cluster } from './generate';

const ROOT = join(__dirname, '../..');
const RUNS = 3;
const folder = mkdtempSync(join(tmpdir(), 'guardrails-bench-'));

// What ships is measured: the compiled library, in a process of its own that says how much memory it took.
const RUN = `
const { main } = require(${JSON.stringify(join(ROOT, 'lib/cli/main'))});
main(process.argv.slice(1)).then(code => {
  process.exitCode = code;
  process.on('exit', () => process.stderr.write('\\nmaxrss ' + process.resourceUsage().maxRSS));
});`;
const EXPLAIN_ALL = `
const { Cluster, readFiles } = require(${JSON.stringify(join(ROOT, 'lib/reach'))});
const cluster = Cluster.fromManifests(readFiles([process.argv[1]]).objects, { target: { cni: 'calico' } });
const places = Array.from({ length: 100 }, (_, index) => 'team-' + Math.floor(index / 20) + '/app-' + index);
let pairs = 0;
for (const from of places) for (const to of places) if (from !== to && cluster.query({ from, to, port: 8080 }).egress.reasons.length > 0) pairs++;
if (pairs !== 9900) throw new Error('explained ' + pairs);
process.stderr.write('\\nmaxrss ' + process.resourceUsage().maxRSS);`;
const BY_CLASS = `
const { Cluster, readFiles } = require(${JSON.stringify(join(ROOT, 'lib/reach'))});
const cluster = Cluster.fromManifests(readFiles([process.argv[1]]).objects, { target: { cni: 'calico' } });
let entries = 0;
for (const entry of cluster.map().byClass()) entries++;
if (entries === 0) throw new Error('an empty map');
process.stderr.write('\\nmaxrss ' + process.resourceUsage().maxRSS);`;

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}

/** The median of whole processes, cold. */
function measure(script: string, ...args: string[]): Run {
  const runs = Array.from({ length: RUNS }, (): Run => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['-e', script, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 });
    const seconds = (performance.now() - start) / 1000;
    const memory = /maxrss (\d+)/.exec(stderr)?.[1];
    if ((status !== 0 && status !== 1) || memory === undefined) throw new Error(stderr);
    return { seconds, megabytes: Number(memory) / 1024 };
  });
  return runs.sort((a, b) => a.seconds - b.seconds)[Math.floor(RUNS / 2)]!;
}

/** A JSON file for each object, as `kubectl get -o json` and other tools write them. */
function put(name: string, objects: readonly object[]): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (let at = 0; at < objects.length; at += 500) {
    const items = objects.slice(at, at + 500);
    writeFileSync(join(path, `${at}.json`), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  }
  return path;
}

const small = put('1600', cluster(1600));
const changed = put('1600-changed', cluster(1600).filter((_, index) => index % 97 !== 0));
const large = put('10000', cluster(10_000));
const hundred = put('100', cluster(100));
const alike = put('alike', cluster(10_000, 100, 100));
const cni = ['--cni', 'calico'];
const rows: readonly (readonly [string, string, Run])[] = [
  ['all pairs of 1,600 workloads and 1,760 policies, connlist', '1.5 s, 400 MB', measure(RUN, 'map', small, '--format', 'connlist', ...cni)],
  ['all pairs of 10,000 workloads and 11,000 policies, connlist', '20 s, 3 GB', measure(RUN, 'map', large, '--format', 'connlist', ...cni)],
  ['every pair of 100 workloads explained (9,900 answers)', '0.5 s', measure(EXPLAIN_ALL, hundred)],
  ['one answer in 1,600 workloads', '0.8 s', measure(RUN, 'explain', small, '--from', 'team-0/app-0', '--to', 'team-1/app-20', '--port', '8080', ...cni)],
  ['diff of two sets of 1,600 workloads', '4 s', measure(RUN, 'diff', small, changed, ...cni)],
  ['10,000 workloads of 100 sets of labels, map by class', '3 s', measure(BY_CLASS, alike)],
];
rmSync(folder, { recursive: true });

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]!.model.trim()}, median of ${RUNS} whole processes, cold.\n`);
console.log(['| what | goal | time | memory |', '| --- | --- | --- | --- |',
  ...rows.map(([what, goal, { seconds, megabytes }]) => `| ${what} | ${goal} | ${seconds.toFixed(2)} s | ${megabytes.toFixed(0)} MB |`)].join('\n'));
