import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { FluxCluster } from './flux-cluster';
import type { Located } from '../../checks/finding';
import { factsOf } from '../../platform/facts-of-platform';
import { targetComment } from '../../target/target-comment';
import { refuse } from '../../values/guardrails-error';

/**
 * The folder that `cdk8s synth` reads after it has run the program, if that is who runs it.
 *
 * @throws GuardrailsError when it is one with the tree: the command empties it before each run
 */
export function stockFolder(outdir: string): string | undefined {
  const stock = process.env.CDK8S_OUTDIR;
  if (!stock) return undefined;
  if (contains(stock, outdir) || contains(outdir, stock)) {
    refuse('FluxApp', 'outdir', {
      given: `${outdir}, while the output folder of cdk8s is ${stock}, which \`cdk8s synth\` empties before each run`,
      allowed: 'two folders, neither of them in the other',
      mend: 'Set `output` in cdk8s.yaml to another folder, such as dist.',
    });
  }
  return stock;
}

/** Plain manifests, a file for each cluster: for `kubectl apply`, `cdk8s synth --stdout`, and the plugins that validate. */
export function writeStock(folder: string, clusters: ReadonlyMap<FluxCluster, readonly string[]>): void {
  mkdirSync(folder, { recursive: true });
  for (const [{ node: { id }, platform }, texts] of clusters) {
    writeFileSync(join(folder, `${id}.k8s.yaml`), `${targetComment(id, factsOf(platform))}${texts.join('---\n')}`);
  }
}

/** What `cdk8s synth` tells its plugins about the constructs behind objects. */
export function writeMetadata(folder: string, objects: readonly Located[]): void {
  const resources = Object.fromEntries(objects.map(({ object, source }) => [object.metadata.name, { path: source.constructPath }]));
  writeFileSync(join(folder, 'construct-metadata.json'), JSON.stringify({ version: '1.0.0', resources }));
}

function contains(folder: string, other: string): boolean {
  const path = relative(resolve(folder), resolve(other));
  return path === '' || !/^\.\.($|[/\\])|^([A-Z]:)?[/\\]/i.test(path);
}
