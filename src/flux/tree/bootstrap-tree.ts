import type { App } from 'cdk8s';
import type { FluxCluster } from './flux-cluster';
import { BOOTSTRAP } from './layout-plan';
import { bootstrapFiles, bootstrapFilesBeside } from '../../bootstrap/bootstrap-parts';
import { printYaml } from '../../manifests/print-yaml';
import type { TreeFile } from '../../manifests/tree-file';
import { factsOf } from '../../platform/facts-of-platform';
import { where } from '../../platform/where';
import { LOCAL_CONFIG, TARGET_API_VERSION, TARGET_KIND, targetPath } from '../../target/target-object';
import { refuse } from '../../values/guardrails-error';

/**
 * What brings the clusters up, a folder for each: beside what Flux syncs and never below it.
 *
 * @throws GuardrailsError for files of no cluster, which would not be written
 */
export function bootstrapTree(app: App, clusters: readonly FluxCluster[]): TreeFile[] {
  const files = clusters.flatMap(cluster => [
    ...bootstrapFiles(cluster).map(file => ({ ...file, path: `${BOOTSTRAP}/${cluster.node.id}/${file.path}` })),
    { path: targetPath(cluster.node.id), text: printYaml(targetObject(cluster)) },
  ]);
  const strays = bootstrapFilesBeside(app, clusters);
  if (strays.length > 0) {
    refuse('FluxApp', BOOTSTRAP, {
      given: `files of no cluster: ${strays.map(({ path }) => path).join(', ')}`,
      allowed: 'CiliumInstall, KyvernoInstall, K3dCluster and KindCluster below a FluxCluster',
      mend: `Create them below one, such as ${where(clusters[0]!)}.`,
    });
  }
  return files;
}

/** So that whoever checks the tree does it for the versions and the CNI of each cluster. */
function targetObject({ node, platform }: FluxCluster): object {
  const metadata = { name: node.id, annotations: LOCAL_CONFIG };
  return { apiVersion: TARGET_API_VERSION, kind: TARGET_KIND, metadata, spec: factsOf(platform) };
}
