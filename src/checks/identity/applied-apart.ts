import type { Located } from '../finding';
import type { AppliedFiles } from '../flux/applied-files';
import { fileOf } from '../flux/file-tree';

/**
 * Whether two objects are never applied to the same cluster, as far as the build files of kustomize and the Kustomizations of Flux tell:
 * overlays for staging and production have objects of the same name, and one cluster gets one of them.
 */
export function appliedApart(one: Located, other: Located, { tree, appliers }: AppliedFiles): boolean {
  const [file, otherFile] = [fileOf(one), fileOf(other)];
  if (file === undefined || otherFile === undefined || file === otherFile || tree.builds.size + appliers.length === 0) return false;
  const reaches = [...[...tree.builds.keys()].map(folder => tree.reach(folder)), ...appliers.map(({ files }) => files)];
  const first = reaches.filter(files => files.has(file));
  const second = reaches.filter(files => files.has(otherFile));
  if (first.length + second.length === 0 || first.some(files => second.includes(files))) return false;
  const clusters = clustersOf(file, appliers);
  const otherClusters = clustersOf(otherFile, appliers);
  // Two Kustomizations of one cluster apply both.
  return ![...clusters].some(cluster => cluster === undefined || otherClusters.has(cluster) || otherClusters.has(undefined));
}

function clustersOf(file: string, appliers: AppliedFiles['appliers']): Set<string | undefined> {
  return new Set(appliers.filter(({ files }) => files.has(file)).map(({ cluster }) => cluster));
}
