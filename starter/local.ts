import { type FluxCluster, K3dCluster } from 'cdk8s-guardrails';

/** Where k3s takes the addresses of pods from. */
export const POD_CIDR = '10.42.0.0/16';

/** A cluster on this machine: deploy/bootstrap/local/k3d-up.sh brings it up. */
export function localCluster(cluster: FluxCluster): void {
  new K3dCluster(cluster, 'k3d', { name: 'platform-local', agents: 1, image: 'rancher/k3s:v1.33.5-k3s1' });
}
