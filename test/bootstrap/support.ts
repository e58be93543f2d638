import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App } from 'cdk8s';
import { FluxApp, FluxCluster, FluxLayout, type PlatformProps } from '../../src';
import type { BootstrapFile } from '../../src/bootstrap/bootstrap-file';
import { bootstrapFiles } from '../../src/bootstrap/bootstrap-parts';
import { type Manifest, testApp } from '../support/synth';
import { stderrOf, temporaryFolder } from '../support/tree';

/** A cluster in an app that nothing is written for. */
export function clusterOf(platform: PlatformProps = {}): FluxCluster {
  return new FluxCluster(testApp(), 'local', { platform });
}

/** A cluster in an app whose tree goes to a temporary folder. */
export function treeOf(build: (cluster: FluxCluster) => void, platform: PlatformProps = {}): string {
  const app = new FluxApp({ outdir: temporaryFolder(), layout: FluxLayout.monorepo({ path: 'deploy' }) });
  build(new FluxCluster(app, 'local', { platform }));
  stderrOf(() => app.synth());
  return app.outdir;
}

/** The objects of a cluster, once the library's own checks have nothing to refuse. */
export function objectsIn(cluster: FluxCluster): Manifest[] {
  const app = cluster.node.root as App;
  app.synthYaml();
  return app.charts.flatMap(chart => chart.toJson());
}

export function filesIn(cluster: FluxCluster): BootstrapFile[] {
  return bootstrapFiles(cluster);
}

/** What a script called, a line for each command; and how it ended. */
export interface ScriptRun {
  readonly status: number | null;
  readonly stderr: string;
  readonly calls: string[];
}

/**
 * Runs one of the files in a folder of their own, with commands on the path that only write down what they are called with. A command
 * fails when its line begins as one in `failing`, and says what `printing` has for it.
 */
export function runScript(
  files: readonly BootstrapFile[], script: string, { args = [], env = {}, failing = [], missing = [], printing = {} }: {
    args?: string[]; env?: Record<string, string>; failing?: string[]; missing?: string[]; printing?: Record<string, string>;
  } = {},
): ScriptRun {
  const folder = join(temporaryFolder(), 'with space');
  for (const { path, text, executable } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    if (executable) chmodSync(join(folder, path), 0o755);
  }
  const log = join(folder, 'log');
  writeFileSync(log, '');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const command of ['k3d', 'kind', 'kubectl', 'helm', 'flux'].filter(name => !missing.includes(name))) {
    const cases = [
      ...failing.map(call => `  '${call}'*) exit 1 ;;\n`),
      ...Object.entries(printing).map(([call, text]) => `  '${call}'*) echo '${text}' ;;\n`),
    ].join('');
    writeFileSync(join(bin, command), `#!/bin/sh
line=${command}\${K3D_FIX_MOUNTS:+"[K3D_FIX_MOUNTS=$K3D_FIX_MOUNTS]"}
for word in "$@"; do line="$line $word"; done
echo "$line" >> "$LOG"
case "$line" in
${cases}esac
`);
    chmodSync(join(bin, command), 0o755);
  }
  // Called from elsewhere, as people do.
  const { status, stderr } = spawnSync(join(folder, script), args, {
    cwd: '/', encoding: 'utf8', env: { PATH: `${bin}:/usr/bin:/bin`, LOG: log, ...env },
  });
  return { status, stderr, calls: readFileSync(log, 'utf8').split('\n').filter(Boolean) };
}

/** What the shell says of a script's syntax. */
export function syntaxOf(script: string): string {
  return spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' }).stderr;
}
