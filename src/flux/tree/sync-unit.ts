import type { Stage } from './stage';
import type { Manifest } from '../../manifests/manifest';

/** What one Flux Kustomization applies: a stage, or the part of it that is a tenant's. */
export interface SyncUnit {
  /** Name of the Kustomization. */
  readonly name: string;
  readonly stage: Stage;
  /** Where it lies in the cluster's part of the tree. */
  readonly folder: string;
  /** The tenant's namespace. */
  readonly tenant?: string;
  /** Whether it holds what applies the tenant's own repository. */
  readonly isRepository: boolean;
  readonly objects: Manifest[];
}

/** An object, with the stage that it was put in. */
export interface StagedObject {
  readonly object: Manifest;
  readonly stage: Stage;
  /** Whether a FluxTenant made it. */
  readonly isRepository?: boolean;
}
