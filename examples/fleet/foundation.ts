import { CiliumInstall, type FluxCluster, HelmRelease, HelmRepository, KyvernoInstall } from 'cdk8s-guardrails';

/** What the rest of a cluster stands on. The first install is by the scripts in `bootstrap`; Flux takes over from there. */
export function foundation({ cni, controllers }: FluxCluster, cilium: string): void {
  new CiliumInstall(cni, 'cilium', { version: cilium });
  new KyvernoInstall(controllers, 'kyverno', { version: '3.9.0' });

  // The definition of PrometheusRule. Prometheus itself is a tenant's.
  const charts = new HelmRepository(controllers, 'prometheus-community', {
    namespace: 'flux-system', url: 'https://prometheus-community.github.io/helm-charts',
  });
  new HelmRelease(controllers, 'prometheus-operator', {
    namespace: 'flux-system',
    serviceAccountName: 'helm-controller',
    chart: { name: 'kube-prometheus-stack', version: '88.5.3', source: charts.chartSource },
    releaseName: 'prometheus-operator',
    targetNamespace: 'prometheus-operator',
    storageNamespace: 'prometheus-operator',
    install: { createNamespace: true },
    values: {
      alertmanager: { enabled: false },
      defaultRules: { create: false },
      grafana: { enabled: false },
      kubeStateMetrics: { enabled: false },
      kubernetesServiceMonitors: { enabled: false },
      nodeExporter: { enabled: false },
      prometheus: { enabled: false },
    },
  });
}
