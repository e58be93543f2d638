/**
 * What every chart that is installed before Flux is told.
 */
export interface ChartInstallProps {
  /**
   * Namespace of the HelmRelease and its source.
   *
   * @default 'flux-system'
   */
  readonly fluxNamespace?: string;

  /**
   * Service account in that namespace that Flux installs as.
   *
   * @default 'helm-controller'
   */
  readonly serviceAccountName?: string;

  /**
   * More values of the chart, as plain data. They cannot change what this construct or the Platform says.
   *
   * @default - none
   */
  readonly values?: { [key: string]: any };
}
