import { FluxDependency } from './flux-dependency';
import { FluxHealthCheck, FluxHealthExpression } from './flux-health';
import { FluxKubeConfig } from './flux-kube-config';
import { FluxCommonMetadata } from './flux-metadata';
import { FluxIgnoreRule, FluxImage, FluxPatch } from './flux-patch';
import { FluxPostBuild } from './flux-post-build';
import { FluxSource } from './flux-source';

/**
 * What becomes of the objects when their Kustomization is deleted.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy
 */
export enum FluxDeletionPolicy {
  /** They go if `prune` is on, and stay otherwise. */
  MIRROR_PRUNE = 'MirrorPrune',
  /** They go. */
  DELETE = 'Delete',
  /** They go, and the Kustomization waits for it. */
  WAIT_FOR_TERMINATION = 'WaitForTermination',
  /** They stay. */
  ORPHAN = 'Orphan',
}

/**
 * What Kustomize notes down in annotations.
 */
export enum FluxBuildMetadata {
  /** The file that an object comes from. */
  ORIGIN_ANNOTATIONS = 'originAnnotations',
  /** The transformers that have changed an object. */
  TRANSFORMER_ANNOTATIONS = 'transformerAnnotations',
}

/**
 * How Secrets are decrypted: with SOPS.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption
 */
export interface FluxDecryption {
  /**
   * Name of the Secret with the keys.
   *
   * @default - none: the keys of the controller, or of a cloud provider
   */
  readonly secretName?: string;

  /**
   * Service account that fetches keys from a cloud provider.
   *
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;
}

/**
 * What a Flux Kustomization says.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export interface FluxKustomizationSpec {
  /** Where the files come from. */
  readonly source: FluxSource;

  /**
   * Folder in the source.
   *
   * @default - the root of the source
   */
  readonly path?: string;

  /**
   * How often the cluster is compared with the source, as a Go duration of at least a minute. A new revision is applied at once.
   *
   * @default '1h'
   */
  readonly interval?: string;

  /**
   * How soon to try again after a failure, as a Go duration.
   *
   * @default '2m'
   */
  readonly retryInterval?: string;

  /**
   * How long building, applying and waiting may take, as a Go duration.
   *
   * @default '5m'
   */
  readonly timeout?: string;

  /**
   * Whether what leaves the source is deleted from the cluster.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * Whether to wait until everything that was applied is ready. What depends on this Kustomization relies on it. Flux takes Cilium's
   * policies and those of Kyverno in CEL for ready even where they are refused, unless `healthCheckExprs` has
   * `FluxHealthExpressions.cilium()` or `FluxHealthExpressions.kyverno()`.
   *
   * @default - true, unless `healthChecks` says what to wait for
   */
  readonly wait?: boolean;

  /**
   * Service account to apply as, in the namespace of the Kustomization. Under multi-tenancy lockdown it has to be given: the default one
   * may do nothing there.
   *
   * @default - the controller itself, which may do everything
   */
  readonly serviceAccountName?: string;

  /**
   * Kustomizations that have to be ready first.
   *
   * @default - none
   */
  readonly dependsOn?: FluxDependency[];

  /**
   * Objects to wait for. Flux ignores them beside `wait`.
   *
   * @default - none
   */
  readonly healthChecks?: FluxHealthCheck[];

  /**
   * How to see whether custom resources are ready, such as `FluxHealthExpressions.cilium()`.
   *
   * @default - by their conditions
   */
  readonly healthCheckExprs?: FluxHealthExpression[];

  /**
   * What becomes of the objects when the Kustomization is deleted.
   *
   * @default - left out: MirrorPrune
   */
  readonly deletionPolicy?: FluxDeletionPolicy;

  /**
   * Whether objects are replaced where a field that cannot change has changed.
   *
   * @default - left out, which is no
   */
  readonly force?: boolean;

  /**
   * Whether nothing is done for now.
   *
   * @default - left out, which is no
   */
  readonly suspend?: boolean;

  /**
   * Namespace that everything is moved into. Kustomize renames Namespaces by it, too: better write namespaces in the objects.
   *
   * @default - objects stay where they are
   */
  readonly targetNamespace?: string;

  /**
   * What the names of all objects begin with.
   *
   * @default - names stay
   */
  readonly namePrefix?: string;

  /**
   * What the names of all objects end with.
   *
   * @default - names stay
   */
  readonly nameSuffix?: string;

  /**
   * Labels and annotations for everything.
   *
   * @default - none
   */
  readonly commonMetadata?: FluxCommonMetadata;

  /**
   * Kustomize components, as paths from `path`.
   *
   * @default - none
   */
  readonly components?: string[];

  /**
   * Whether components may be missing. Needs Flux 2.7.
   *
   * @default - left out, which is no
   */
  readonly ignoreMissingComponents?: boolean;

  /**
   * Changes to objects.
   *
   * @default - none
   */
  readonly patches?: FluxPatch[];

  /**
   * Other images.
   *
   * @default - none
   */
  readonly images?: FluxImage[];

  /**
   * Variables that are replaced after the build.
   *
   * @default - none
   */
  readonly postBuild?: FluxPostBuild;

  /**
   * How Secrets are decrypted.
   *
   * @default - they are not
   */
  readonly decryption?: FluxDecryption;

  /**
   * Fields that are left to others. Needs Flux 2.9.
   *
   * @default - none
   */
  readonly ignore?: FluxIgnoreRule[];

  /**
   * What Kustomize notes down in annotations.
   *
   * @default - nothing
   */
  readonly buildMetadata?: FluxBuildMetadata[];

  /**
   * Another cluster to apply to.
   *
   * @default - the cluster that Flux runs in
   */
  readonly kubeConfig?: FluxKubeConfig;
}
