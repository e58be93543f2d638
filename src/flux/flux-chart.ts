import { OciVerifyProvider } from './oci-repository-props';

/**
 * Kinds that a chart can be in.
 */
export enum FluxChartSourceKind {
  /** A repository of charts. */
  HELM_REPOSITORY = 'HelmRepository',
  /** A Git repository. */
  GIT_REPOSITORY = 'GitRepository',
  /** A bucket of an object store. */
  BUCKET = 'Bucket',
}

/**
 * Where a chart is.
 */
export interface FluxChartSource {
  /** Kind of the source. */
  readonly kind: FluxChartSourceKind;

  /** Name of the source. */
  readonly name: string;

  /**
   * Namespace of the source. Under multi-tenancy lockdown it has to be that of the HelmRelease.
   *
   * @default - that of the HelmRelease
   */
  readonly namespace?: string;
}

/**
 * When a chart is taken for new.
 */
export enum FluxReconcileStrategy {
  /** When its version is another one. */
  CHART_VERSION = 'ChartVersion',
  /** When the revision of its source is another one. */
  REVISION = 'Revision',
}

/**
 * A signature that is asked for.
 */
export interface FluxChartVerification {
  /** Name of the Secret with the keys that are trusted. What is signed without a key is asked for by an `OciRepository`, by whom. */
  readonly secretName: string;

  /**
   * How the chart is signed.
   *
   * @default OciVerifyProvider.COSIGN
   */
  readonly provider?: OciVerifyProvider;
}

/**
 * A chart, by name and version.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#chart-template
 */
export interface FluxChart {
  /** Name of the chart in a HelmRepository, or its path in another source. */
  readonly name: string;

  /**
   * Version of the chart, or a range of versions. For charts of a HelmRepository.
   *
   * @default - the newest one
   */
  readonly version?: string;

  /** Where the chart is. */
  readonly source: FluxChartSource;

  /**
   * How often to look for another version, as a Go duration of at least a minute.
   *
   * @default - that of the HelmRelease
   */
  readonly interval?: string;

  /**
   * When the chart is taken for new.
   *
   * @default - left out: CHART_VERSION
   */
  readonly reconcileStrategy?: FluxReconcileStrategy;

  /**
   * Files with values, as paths in the source.
   *
   * @default - values.yaml of the chart
   */
  readonly valuesFiles?: string[];

  /**
   * Whether such files may be missing.
   *
   * @default - left out, which is no
   */
  readonly ignoreMissingValuesFiles?: boolean;

  /**
   * A signature that is asked for. Needs a HelmRepository whose address begins with oci://.
   *
   * @default - none
   */
  readonly verify?: FluxChartVerification;

  /**
   * Labels of the HelmChart object that Flux makes.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the HelmChart object that Flux makes.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Kinds that are a chart.
 */
export enum FluxChartKind {
  /** An artifact in a container registry. */
  OCI_REPOSITORY = 'OCIRepository',
  /** A chart that was fetched. */
  HELM_CHART = 'HelmChart',
  /** An artifact that another controller makes. Needs Flux 2.7. */
  EXTERNAL_ARTIFACT = 'ExternalArtifact',
}

/**
 * An object that is a chart.
 */
export interface FluxChartRef {
  /** Kind of the object. */
  readonly kind: FluxChartKind;

  /** Name of the object. */
  readonly name: string;

  /**
   * Namespace of the object. Under multi-tenancy lockdown it has to be that of the HelmRelease.
   *
   * @default - that of the HelmRelease
   */
  readonly namespace?: string;
}
