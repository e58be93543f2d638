/**
 * What becomes of the CustomResourceDefinitions of a chart.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#controlling-the-lifecycle-of-custom-resource-definitions
 */
export enum HelmCrds {
  /** They are left alone. */
  SKIP = 'Skip',
  /** Those that are missing are created. */
  CREATE = 'Create',
  /** They are created and brought up to date, and stay when the chart drops them. */
  CREATE_REPLACE = 'CreateReplace',
}

/**
 * What happens when an action fails.
 */
export enum HelmStrategyName {
  /** The release is rolled back or uninstalled, as `remediation` says. */
  REMEDIATE_ON_FAILURE = 'RemediateOnFailure',
  /** The action is tried again, and nothing taken back. Needs Flux 2.7. */
  RETRY_ON_FAILURE = 'RetryOnFailure',
}

/**
 * What happens when an action fails.
 */
export interface HelmStrategy {
  /** What happens. */
  readonly name: HelmStrategyName;

  /**
   * When to try again, as a Go duration. For RETRY_ON_FAILURE only.
   *
   * @default - left out: 5m
   */
  readonly retryInterval?: string;
}

/**
 * What is taken back after a failure.
 */
export enum HelmRemediationStrategy {
  /** The release goes back to its last revision. */
  ROLLBACK = 'rollback',
  /** The release is uninstalled. */
  UNINSTALL = 'uninstall',
}

/**
 * How often to try again.
 */
export interface HelmRemediation {
  /**
   * How often to try again; negative for ever.
   *
   * @default - left out: 0
   */
  readonly retries?: number;

  /**
   * Whether failed tests do not count.
   *
   * @default - left out, which is no
   */
  readonly ignoreTestFailures?: boolean;

  /**
   * Whether the last failure is taken back, too.
   *
   * @default - left out: not after an install; after an upgrade if there are retries
   */
  readonly remediateLastFailure?: boolean;

  /**
   * What is taken back. For upgrades only.
   *
   * @default - left out: ROLLBACK
   */
  readonly strategy?: HelmRemediationStrategy;
}

/**
 * What installing and upgrading share.
 */
export interface HelmActionProps {
  /**
   * How long a single operation may take, as a Go duration.
   *
   * @default - that of the release
   */
  readonly timeout?: string;

  /**
   * What becomes of CustomResourceDefinitions.
   *
   * @default HelmCrds.CREATE_REPLACE
   */
  readonly crds?: HelmCrds;

  /**
   * What happens when it fails.
   *
   * @default - left out: REMEDIATE_ON_FAILURE
   */
  readonly strategy?: HelmStrategy;

  /**
   * How often to try again.
   *
   * @default - left out: not at all
   */
  readonly remediation?: HelmRemediation;

  /**
   * Whether hooks do not run.
   *
   * @default - left out, which is no
   */
  readonly disableHooks?: boolean;

  /**
   * Whether objects are not compared with the OpenAPI schema of the cluster.
   *
   * @default - left out, which is no
   */
  readonly disableOpenApiValidation?: boolean;

  /**
   * Whether values are not compared with the schema of the chart.
   *
   * @default - left out, which is no
   */
  readonly disableSchemaValidation?: boolean;

  /**
   * Whether objects that belong to nobody or to another release are refused rather than adopted.
   *
   * @default - left out, which is no
   */
  readonly disableTakeOwnership?: boolean;

  /**
   * Whether not to wait until objects are ready.
   *
   * @default - left out, which is no
   */
  readonly disableWait?: boolean;

  /**
   * Whether not to wait until Jobs are done.
   *
   * @default - left out, which is no
   */
  readonly disableWaitForJobs?: boolean;
}

/**
 * How a release is installed.
 */
export interface HelmInstallProps extends HelmActionProps {
  /**
   * Whether the target namespace is created. What it carries is Helm's then, and not a `TenantNamespace`.
   *
   * @default - left out, which is no
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the name of a release that was deleted may be taken again.
   *
   * @default - left out, which is no
   */
  readonly replace?: boolean;

  /**
   * Whether objects are applied by the API server. Needs Flux 2.8.
   *
   * @default - left out: yes
   */
  readonly serverSideApply?: boolean;
}

/**
 * Who applies objects.
 */
export enum HelmServerSideApply {
  /** The API server. */
  ENABLED = 'enabled',
  /** The client. */
  DISABLED = 'disabled',
  /** As the release was applied before. */
  AUTO = 'auto',
}

/**
 * What happens when the chart is another one.
 */
export enum HelmChartNameChange {
  /** The release is upgraded. */
  IN_PLACE_UPDATE = 'InPlaceUpdate',
  /** The release is uninstalled and installed anew. */
  REINSTALL = 'Reinstall',
}

/**
 * How a release is upgraded.
 */
export interface HelmUpgradeProps extends HelmActionProps {
  /**
   * Whether what a failed upgrade has made is deleted.
   *
   * @default - left out, which is no
   */
  readonly cleanupOnFail?: boolean;

  /**
   * Whether objects are replaced where a field that cannot change has changed.
   *
   * @default - left out, which is no
   */
  readonly force?: boolean;

  /**
   * Whether values of the last revision are kept where none are given.
   *
   * @default - left out, which is no
   */
  readonly preserveValues?: boolean;

  /**
   * Who applies objects. Needs Flux 2.8.
   *
   * @default - left out: AUTO
   */
  readonly serverSideApply?: HelmServerSideApply;

  /**
   * What happens when the chart is another one. Needs Flux 2.9.
   *
   * @default - left out: REINSTALL
   */
  readonly chartNameChangeStrategy?: HelmChartNameChange;
}

/**
 * How a release goes back to its last revision.
 */
export interface HelmRollbackProps {
  /**
   * How long a single operation may take, as a Go duration.
   *
   * @default - that of the release
   */
  readonly timeout?: string;

  /**
   * Whether what a failed rollback has made is deleted.
   *
   * @default - left out, which is no
   */
  readonly cleanupOnFail?: boolean;

  /**
   * Whether hooks do not run.
   *
   * @default - left out, which is no
   */
  readonly disableHooks?: boolean;

  /**
   * Whether not to wait until objects are ready.
   *
   * @default - left out, which is no
   */
  readonly disableWait?: boolean;

  /**
   * Whether not to wait until Jobs are done.
   *
   * @default - left out, which is no
   */
  readonly disableWaitForJobs?: boolean;

  /**
   * Whether objects are replaced where a field that cannot change has changed.
   *
   * @default - left out, which is no
   */
  readonly force?: boolean;

  /**
   * Who applies objects. Needs Flux 2.8.
   *
   * @default - left out: AUTO
   */
  readonly serverSideApply?: HelmServerSideApply;
}

/**
 * A test of a chart.
 */
export interface HelmTestFilter {
  /** Name of the test. */
  readonly name: string;

  /**
   * Whether it is left out rather than run alone.
   *
   * @default - left out, which is no
   */
  readonly exclude?: boolean;
}

/**
 * Whether the tests of the chart run.
 */
export interface HelmTestProps {
  /**
   * Whether tests run after installing and upgrading.
   *
   * @default - left out, which is no
   */
  readonly enable?: boolean;

  /**
   * Which tests run.
   *
   * @default - all
   */
  readonly filters?: HelmTestFilter[];

  /**
   * Whether failures do not count.
   *
   * @default - left out, which is no
   */
  readonly ignoreFailures?: boolean;

  /**
   * How long a test may take, as a Go duration.
   *
   * @default - that of the release
   */
  readonly timeout?: string;
}

/**
 * What becomes of what belongs to an object that is deleted.
 */
export enum HelmDeletionPropagation {
  /** It goes afterwards. */
  BACKGROUND = 'background',
  /** It goes first. */
  FOREGROUND = 'foreground',
  /** It stays. */
  ORPHAN = 'orphan',
}

/**
 * How a release is uninstalled.
 */
export interface HelmUninstallProps {
  /**
   * What becomes of what belongs to the objects.
   *
   * @default - left out: BACKGROUND
   */
  readonly deletionPropagation?: HelmDeletionPropagation;

  /**
   * Whether hooks do not run.
   *
   * @default - left out, which is no
   */
  readonly disableHooks?: boolean;

  /**
   * Whether not to wait until everything is gone.
   *
   * @default - left out, which is no
   */
  readonly disableWait?: boolean;

  /**
   * Whether the history of the release stays.
   *
   * @default - left out, which is no
   */
  readonly keepHistory?: boolean;

  /**
   * How long a single operation may take, as a Go duration.
   *
   * @default - that of the release
   */
  readonly timeout?: string;
}
