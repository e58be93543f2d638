import {
  CiliumInstall, ClusterBaseline, Cni, FluxApp, FluxCluster, FluxLayout, KyvernoGenerateDefaultDeny, KyvernoInstall, KyvernoRequireLimits,
  PolicyAction, TenantRole,
} from 'cdk8s-guardrails';
import { localCluster, POD_CIDR } from './local';
import { shop } from './tenants/shop';

/** The clusters of this repository. For another one, say here what differs, and call the same functions. */
export function platformApp(): FluxApp {
  const app = new FluxApp({ outdir: 'deploy', layout: FluxLayout.monorepo({ path: 'deploy' }) });
  const local = new FluxCluster(app, 'local', {
    platform: { cni: Cni.cilium('1.18'), kubernetes: '1.33', kyverno: '1.19', flux: '2.8', podCidrs: [POD_CIDR] },
  });
  foundation(local);
  policies(local);
  shop(local);
  localCluster(local);
  return app;
}

/** What a cluster stands on: installed by the scripts in deploy/bootstrap once, kept by Flux from then on. */
function foundation(cluster: FluxCluster): void {
  new CiliumInstall(cluster.cni, 'cilium', { version: '1.18.14', operatorReplicas: 1, hubble: { ui: true } });
  new KyvernoInstall(cluster.controllers, 'kyverno', { version: '3.9.0', replicas: { admission: 1, background: 1, cleanup: 1, reports: 1 } });
}

/** What holds in the whole cluster. */
function policies({ policies: stage }: FluxCluster): void {
  new TenantRole(stage, 'tenant-role');
  new ClusterBaseline(stage, 'baseline');
  new KyvernoRequireLimits(stage, 'limits', { action: PolicyAction.ENFORCE });
  new KyvernoGenerateDefaultDeny(stage, 'default-deny', { generateExisting: true });
}
