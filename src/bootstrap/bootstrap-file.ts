import type { TreeFile } from '../manifests/tree-file';

/**
 * A file that brings a cluster up before Flux runs in it: no Kubernetes object, so it lies outside of every path that Flux syncs. Its path
 * is that within the folder of its cluster.
 */
export type BootstrapFile = TreeFile;
