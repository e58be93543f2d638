/**
 * What k3s brings along.
 *
 * @see https://docs.k3s.io/installation/packaged-components
 */
export enum K3sComponent {
  /** Volumes on the disks of nodes. */
  LOCAL_STORAGE = 'local-storage',
  /** Usage of nodes and pods. */
  METRICS_SERVER = 'metrics-server',
  /** Services of type LoadBalancer, by a pod on each node. */
  SERVICE_LB = 'servicelb',
  /** An ingress controller. */
  TRAEFIK = 'traefik',
}

/**
 * A port of the host, on its loopback address only.
 */
export interface K3dPort {
  /** Port of the host. */
  readonly host: number;

  /** Port of the cluster's load balancer. */
  readonly cluster: number;
}
