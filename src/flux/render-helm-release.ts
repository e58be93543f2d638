import type { FluxChart } from './flux-chart';
import { type HelmActionProps, HelmCrds, type HelmInstallProps, type HelmUpgradeProps } from './helm-release-actions';
import type { HelmDriftDetection, HelmPostRenderer, HelmReleaseProps } from './helm-release-props';
import { OciVerifyProvider } from './oci-repository-props';
import {
  beside, copied, listed, nameRef, renderCommonMetadata, renderIgnoreRule, renderKubeConfig, renderPatch, said, unordered,
} from './render-parts';

/**
 * The spec of a HelmRelease, with its defaults. References to the namespace that it is in lose it.
 *
 * @see https://fluxcd.io/flux/components/helm/api/v2/
 */
export function renderHelmRelease(props: HelmReleaseProps, namespace: string): Record<string, unknown> {
  const { chart, chartRef, test, commonMetadata, kubeConfig } = props;
  return said({
    chart: chart && renderChart(chart, namespace),
    chartRef: chartRef && copied(beside(chartRef, namespace)),
    interval: props.interval ?? '1h',
    timeout: props.timeout,
    releaseName: props.releaseName,
    targetNamespace: props.targetNamespace,
    storageNamespace: props.storageNamespace,
    serviceAccountName: props.serviceAccountName,
    dependsOn: unordered(props.dependsOn, dependency => copied(beside(dependency, namespace))),
    install: renderInstall(props.install ?? {}),
    upgrade: renderUpgrade(props.upgrade ?? {}),
    rollback: props.rollback && copied(props.rollback),
    test: test && said({ ...test, filters: unordered(test.filters, copied) }),
    uninstall: props.uninstall && copied(props.uninstall),
    driftDetection: props.driftDetection && renderDrift(props.driftDetection),
    healthCheckExprs: listed(props.healthCheckExprs, copied),
    waitStrategy: nameRef(props.waitStrategy),
    postRenderers: listed(props.postRenderers, renderPostRenderer),
    postRenderStrategy: props.postRenderStrategy,
    commonMetadata: commonMetadata && renderCommonMetadata(commonMetadata),
    maxHistory: props.maxHistory,
    persistentClient: props.persistentClient,
    suspend: props.suspend,
    kubeConfig: kubeConfig && renderKubeConfig(kubeConfig),
    valuesFrom: listed(props.valuesFrom, copied),
    values: props.values,
  });
}

function renderChart({ name, version, source, verify, labels, annotations, ...chart }: FluxChart, namespace: string): object {
  return said({
    metadata: labels || annotations ? said({ labels, annotations }) : undefined,
    spec: said({
      chart: name,
      version,
      sourceRef: copied(beside(source, namespace)),
      interval: chart.interval,
      reconcileStrategy: chart.reconcileStrategy,
      valuesFiles: listed(chart.valuesFiles, file => file),
      ignoreMissingValuesFiles: chart.ignoreMissingValuesFiles,
      verify: verify && { provider: verify.provider ?? OciVerifyProvider.COSIGN, secretRef: { name: verify.secretName } },
    }),
  });
}

function renderInstall({ createNamespace, replace, serverSideApply, ...action }: HelmInstallProps): object {
  return said({ ...renderAction(action), createNamespace, replace, serverSideApply });
}

function renderUpgrade(props: HelmUpgradeProps): object {
  const { cleanupOnFail, force, preserveValues, serverSideApply, chartNameChangeStrategy, ...action } = props;
  return said({ ...renderAction(action), cleanupOnFail, force, preserveValues, serverSideApply, chartNameChangeStrategy });
}

function renderAction(props: HelmActionProps): object {
  const { disableOpenApiValidation, crds, strategy, remediation, ...others } = props;
  return said({
    ...others,
    crds: crds ?? HelmCrds.CREATE_REPLACE,
    strategy: strategy && copied(strategy),
    remediation: remediation && copied(remediation),
    disableOpenAPIValidation: disableOpenApiValidation,
  });
}

function renderDrift({ mode, ignore }: HelmDriftDetection): object {
  return said({ mode, ignore: listed(ignore, renderIgnoreRule) });
}

function renderPostRenderer({ patches, images }: HelmPostRenderer): object {
  return { kustomize: said({ patches: listed(patches, renderPatch), images: listed(images, copied) }) };
}
