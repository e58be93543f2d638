import type { Construct } from 'constructs';
import { type HelmInstall, isOci, ociUrl } from './helm-install';
import { HelmRelease } from '../flux/helm-release';
import { HelmStrategyName } from '../flux/helm-release-actions';
import { HelmDriftMode } from '../flux/helm-release-props';
import { HelmRepository } from '../flux/helm-repository';
import { OciLayer } from '../flux/oci-layer';
import { OciRepository } from '../flux/oci-repository';
import { Platform } from '../platform/platform';
import { fluxHas, RETRY_ON_FAILURE } from '../target/flux-features';

/** Where Flux keeps a release, and as whom. */
export interface ReleaseOptions {
  readonly fluxNamespace?: string;
  readonly serviceAccountName?: string;
}

/**
 * The HelmRelease that adopts what the script has installed: the same release name and namespace, where Helm also keeps its Secrets, and
 * the same values. With any of these different, helm-controller would install a second release.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export function addRelease(scope: Construct, install: HelmInstall, options: ReleaseOptions): void {
  const { name, version, namespace, repository } = install;
  const at = options.fluxNamespace ?? 'flux-system';
  const source = isOci(repository)
    ? { chartRef: new OciRepository(scope, 'Source', { name, namespace: at, url: ociUrl(install), tag: version, interval: '1h', layer: OciLayer.helmChart() }).chartRef }
    : { chart: { name, version, source: new HelmRepository(scope, 'Source', { name, namespace: at, url: repository }).chartSource } };
  // Taking back a failed upgrade of what the cluster stands on does more harm than trying again.
  const retry = fluxHas(RETRY_ON_FAILURE, Platform.of(scope).flux) ? { strategy: { name: HelmStrategyName.RETRY_ON_FAILURE } } : {};
  new HelmRelease(scope, 'Release', {
    ...source,
    name,
    namespace: at,
    serviceAccountName: options.serviceAccountName ?? 'helm-controller',
    releaseName: name,
    targetNamespace: namespace,
    storageNamespace: namespace,
    timeout: '15m',
    install: { ...retry, createNamespace: install.createNamespace || undefined },
    upgrade: retry,
    driftDetection: { mode: HelmDriftMode.WARN },
    values: install.values,
  });
}
