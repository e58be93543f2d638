import { Cni, FluxApp, FluxCluster, FluxLayout, type PlatformProps, Prometheus } from 'cdk8s-guardrails';
import { apps } from './apps';
import { foundation } from './foundation';
import { policies } from './policies';
import { tenants } from './tenants';

/** What differs between the clusters. Everything else is one program. */
const clusters: Record<string, { platform: PlatformProps; cilium: string; replicas: number }> = {
  staging: {
    platform: { cni: Cni.cilium('1.19'), kubernetes: '1.34', apiServer: { port: 6443 }, prometheus: Prometheus.kubePrometheusStack() },
    cilium: '1.19.8',
    replicas: 1,
  },
  production: {
    platform: { cni: Cni.cilium('1.18'), kubernetes: '1.33', apiServer: { port: 6443 }, prometheus: Prometheus.kubePrometheusStack() },
    cilium: '1.18.5',
    replicas: 3,
  },
};

const app = new FluxApp({ outdir: 'deploy', layout: FluxLayout.monorepo({ source: 'flux-system' }) });
for (const [name, { platform, cilium, replicas }] of Object.entries(clusters)) {
  const cluster = new FluxCluster(app, name, { platform });
  foundation(cluster, cilium);
  policies(cluster);
  tenants(cluster, name);
  apps(cluster, replicas);
}
app.synth();
