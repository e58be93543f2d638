import { FluxChart, FluxChartRef } from './flux-chart';
import { FluxDependency } from './flux-dependency';
import { FluxHealthExpression } from './flux-health';
import { FluxKubeConfig } from './flux-kube-config';
import { FluxCommonMetadata } from './flux-metadata';
import { FluxObjectProps } from './flux-object-props';
import { FluxIgnoreRule, FluxImage, FluxPatch } from './flux-patch';
import { FluxValuesKind } from './flux-post-build';
import { HelmInstallProps, HelmRollbackProps, HelmTestProps, HelmUninstallProps, HelmUpgradeProps } from './helm-release-actions';

/**
 * What happens when objects are not as the chart says any more.
 */
export enum HelmDriftMode {
  /** They are set right. */
  ENABLED = 'enabled',
  /** An event tells of it. */
  WARN = 'warn',
  /** Nobody looks. */
  DISABLED = 'disabled',
}

/**
 * Objects that are not as the chart says any more.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection
 */
export interface HelmDriftDetection {
  /** What happens. */
  readonly mode: HelmDriftMode;

  /**
   * Fields that others may change.
   *
   * @default - none
   */
  readonly ignore?: FluxIgnoreRule[];
}

/**
 * A ConfigMap or Secret with values.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#values-references
 */
export interface HelmValuesSource {
  /** Kind of the object. */
  readonly kind: FluxValuesKind;

  /** Name of the object, in the namespace of the HelmRelease. */
  readonly name: string;

  /**
   * Key of the object.
   *
   * @default - left out: values.yaml
   */
  readonly valuesKey?: string;

  /**
   * Where in the values the text of the key goes, such as `tls.crt`.
   *
   * @default - the text is YAML, and merged with the values
   */
  readonly targetPath?: string;

  /**
   * Whether the object or the key may be missing.
   *
   * @default - left out, which is no
   */
  readonly optional?: boolean;

  /**
   * Whether the text goes to `targetPath` as it is, without Helm's own syntax. Needs Flux 2.9.
   *
   * @default - left out, which is no
   */
  readonly literal?: boolean;
}

/**
 * Changes to what a chart renders, by Kustomize.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#post-renderers
 */
export interface HelmPostRenderer {
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
}

/**
 * What is changed by post-renderers.
 */
export enum HelmPostRenderStrategy {
  /** Templates, and no hooks. */
  NO_HOOKS = 'nohooks',
  /** Templates and hooks together. */
  COMBINED = 'combined',
  /** Templates and hooks, each for themselves. */
  SEPARATE = 'separate',
}

/**
 * How to wait for objects.
 */
export enum HelmWaitStrategy {
  /** As Flux does elsewhere, by the conditions of objects. */
  POLLER = 'poller',
  /** As Helm 3 did. */
  LEGACY = 'legacy',
}

/**
 * Properties for `HelmRelease`. One of `chart` and `chartRef` is given.
 */
export interface HelmReleaseProps extends FluxObjectProps {
  /**
   * The chart, by name and version.
   *
   * @default - none; then `chartRef` is given
   */
  readonly chart?: FluxChart;

  /**
   * The object that is the chart.
   *
   * @default - none; then `chart` is given
   */
  readonly chartRef?: FluxChartRef;

  /**
   * Values for the chart, as plain data. `null` cannot be said here, since cdk8s drops it: put it into a ConfigMap.
   *
   * @default - none
   */
  readonly values?: { [key: string]: any };

  /**
   * More values; later ones beat earlier ones, and `values` beats them all.
   *
   * @default - none
   */
  readonly valuesFrom?: HelmValuesSource[];

  /**
   * How often the release is compared with what it should be, as a Go duration of at least a minute.
   *
   * @default '1h'
   */
  readonly interval?: string;

  /**
   * How long a single operation of Helm may take, as a Go duration.
   *
   * @default - left out: 5m
   */
  readonly timeout?: string;

  /**
   * Name of the release, at most 53 characters. A release of that name that exists is adopted. Another name later means uninstalling.
   *
   * @default - `<targetNamespace>-<name>`, or the name of the object without a target namespace
   */
  readonly releaseName?: string;

  /**
   * Namespace that the chart is installed into. Another one later means uninstalling.
   *
   * @default - that of the HelmRelease
   */
  readonly targetNamespace?: string;

  /**
   * Namespace of the Secrets in which Helm keeps the release. Another one later means uninstalling.
   *
   * @default - that of the HelmRelease
   */
  readonly storageNamespace?: string;

  /**
   * Service account to install as, in the namespace of the HelmRelease. Under multi-tenancy lockdown it has to be given: the default one
   * may do nothing there.
   *
   * @default - the controller itself, which may do everything
   */
  readonly serviceAccountName?: string;

  /**
   * HelmReleases that have to be ready first.
   *
   * @default - none
   */
  readonly dependsOn?: FluxDependency[];

  /**
   * How the chart is installed. CustomResourceDefinitions are created and replaced unless it says otherwise.
   *
   * @default - `{ crds: HelmCrds.CREATE_REPLACE }`
   */
  readonly install?: HelmInstallProps;

  /**
   * How the release is upgraded. CustomResourceDefinitions are created and replaced unless it says otherwise: Flux would leave them as the
   * first version of the chart had them.
   *
   * @default - `{ crds: HelmCrds.CREATE_REPLACE }`
   */
  readonly upgrade?: HelmUpgradeProps;

  /**
   * How the release goes back to its last revision.
   *
   * @default - left out
   */
  readonly rollback?: HelmRollbackProps;

  /**
   * Whether the tests of the chart run.
   *
   * @default - left out: they do not
   */
  readonly test?: HelmTestProps;

  /**
   * How the release is uninstalled.
   *
   * @default - left out
   */
  readonly uninstall?: HelmUninstallProps;

  /**
   * What happens when objects are not as the chart says any more.
   *
   * @default - left out: nobody looks
   */
  readonly driftDetection?: HelmDriftDetection;

  /**
   * How to see whether custom resources are ready. Needs Flux 2.8.
   *
   * @default - by their conditions
   */
  readonly healthCheckExprs?: FluxHealthExpression[];

  /**
   * How to wait for objects. Needs Flux 2.8.
   *
   * @default - left out: POLLER
   */
  readonly waitStrategy?: HelmWaitStrategy;

  /**
   * Changes to what the chart renders.
   *
   * @default - none
   */
  readonly postRenderers?: HelmPostRenderer[];

  /**
   * What is changed by post-renderers. Needs Flux 2.9.
   *
   * @default - left out: COMBINED
   */
  readonly postRenderStrategy?: HelmPostRenderStrategy;

  /**
   * Labels and annotations for everything. Needs Flux 2.7.
   *
   * @default - none
   */
  readonly commonMetadata?: FluxCommonMetadata;

  /**
   * How many revisions of the release are kept; 0 for all.
   *
   * @default - left out: 5
   */
  readonly maxHistory?: number;

  /**
   * Whether one connection serves the whole action. Charts that bring CustomResourceDefinitions among their templates may need `false`.
   *
   * @default - left out, which is yes
   */
  readonly persistentClient?: boolean;

  /**
   * Whether nothing is done for now. A Kustomization that waits for the release then never gets ready.
   *
   * @default - left out, which is no
   */
  readonly suspend?: boolean;

  /**
   * Another cluster to install into.
   *
   * @default - the cluster that Flux runs in
   */
  readonly kubeConfig?: FluxKubeConfig;
}
