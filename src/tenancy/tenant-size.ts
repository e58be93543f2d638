/** How much of the cluster a tenant gets. `quota` changes single figures. */
export enum TenantSize {
  /** 2 CPUs and 4 GiB requested, 20 pods. */
  SMALL = 'small',
  /** 4 CPUs and 8 GiB requested, 50 pods. */
  MEDIUM = 'medium',
  /** 10 CPUs and 20 GiB requested, 100 pods, one load balancer: a Service with `allocateLoadBalancerNodePorts: false`. */
  LARGE = 'large',
}
