import type { FluxCluster } from './flux-cluster';
import type { LayoutPlan } from './layout-plan';
import { renderSync } from './render-sync';
import type { SyncUnit } from './sync-unit';
import { dependencies } from './sync-units';
import { displayName, identityOf } from '../../manifests/identity';
import type { Manifest } from '../../manifests/manifest';
import { objectFileNames } from '../../manifests/object-file-names';
import { printYaml } from '../../manifests/print-yaml';
import type { TreeFile } from '../../manifests/tree-file';
import { where } from '../../platform/where';
import { refuse } from '../../values/guardrails-error';

const LIST = 'kustomization.yaml';

/** What has to be there before anything can be in it, or of it. Flux knows by itself, kubectl does not. */
const FIRST = ['CustomResourceDefinition', 'Namespace'];

/** What a cluster comes to on disk. */
export interface ClusterFiles {
  readonly files: TreeFile[];
  /** The objects as text, in an order that `kubectl apply` takes. */
  readonly texts: string[];
}

/** The files of a cluster: its units, each with its list, and the Kustomizations that apply them. */
export function clusterFiles(cluster: FluxCluster, units: readonly SyncUnit[], plan: LayoutPlan): ClusterFiles {
  const root = plan.folderOf(cluster.node.id);
  const { sync } = plan;
  if (!sync) return folderFiles(cluster, root, units.flatMap(({ objects }) => objects));
  const parts = units.map(({ folder, objects, tenant }) => folderFiles(cluster, `${root}/${folder}`, objects, tenant));
  const folder = sync.folderOf(cluster.node.id);
  const taken = new Set(units.flatMap(({ objects }) => objects.filter(({ kind }) => kind === 'Kustomization').map(identityOf)));
  const waitsFor = dependencies(units);
  const kustomizations = units.map(unit => {
    const object = renderSync(cluster, unit, sync, waitsFor.get(unit));
    if (taken.has(identityOf(object))) refuseTaken(cluster, object);
    return { path: `${folder}/${unit.name}.yaml`, text: printYaml(object) };
  });
  return {
    files: [...parts.flatMap(({ files }) => files), ...kustomizations, listOf(folder, kustomizations)],
    texts: parts.flatMap(({ texts }) => texts),
  };
}

/** A folder with a list, and a file for each object. */
function folderFiles(cluster: FluxCluster, folder: string, objects: readonly Manifest[], home?: string): ClusterFiles {
  const names = objectFileNames(objects, where(cluster), home);
  const files = [...names].map(([object, name]) => ({ kind: object.kind, path: `${folder}/${name}`, text: printYaml(object) })).sort(byPath);
  const first = files.filter(({ kind }) => FIRST.includes(kind));
  const rest = files.filter(({ kind }) => !FIRST.includes(kind));
  return { files: [...files, listOf(folder, files)], texts: [...first, ...rest].map(({ text }) => text) };
}

/** The build file of a folder. Kustomize would take everything it finds without one. */
function listOf(folder: string, files: readonly TreeFile[]): TreeFile {
  const resources = files.map(({ path }) => path.slice(folder.length + 1)).sort();
  return { path: `${folder}/${LIST}`, text: printYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources }) };
}

function refuseTaken(cluster: FluxCluster, object: Manifest): never {
  refuse(where(cluster), displayName(object), {
    given: 'a Kustomization of the program', allowed: 'another name: the tree has one of this name', mend: 'Rename it.',
  });
}

function byPath(a: TreeFile, b: TreeFile): number {
  return a.path < b.path ? -1 : 1;
}

