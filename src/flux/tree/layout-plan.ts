import type { FluxSource } from '../flux-source';

/** Folder of what brings clusters up: no Kubernetes objects, so Flux syncs none of it. */
export const BOOTSTRAP = 'bootstrap';

/** How Flux finds what it applies. */
export interface SyncPlan {
  /** Folder of a cluster's Kustomizations, from the root of the tree. */
  readonly folderOf: (cluster: string) => string;
  /** Path of a unit as Flux sees it. */
  readonly pathOf: (cluster: string, folder: string) => string;
  readonly source: FluxSource;
}

/** Where the parts of a tree lie. */
export interface LayoutPlan {
  /** Folder that a cluster's units lie in, from the root of the tree. */
  readonly folderOf: (cluster: string) => string;
  /** Without it there are no Kustomizations. */
  readonly sync?: SyncPlan;
}
