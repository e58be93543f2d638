import { type FluxCluster, KindCluster } from 'cdk8s-guardrails';

/** Where kind takes the addresses of pods from. */
export const POD_CIDR = '10.244.0.0/16';

const NODE = 'kindest/node:v1.33.4@sha256:25a6018e48dfcaee478f4a59af81157a437f15e6e140bf103f85a2e7cd0cbbf2';

/** A cluster on this machine: deploy/bootstrap/local/kind-up.sh brings it up. */
export function localCluster(cluster: FluxCluster): void {
  new KindCluster(cluster, 'kind', { name: 'platform-local', workers: 1, image: NODE });
}
