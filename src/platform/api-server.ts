/**
 * Where the API server answers. Policies see its own address and port, never those of the Service `kubernetes`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export interface ApiServerProps {
  /**
   * Addresses of the API server in CIDR notation, as `kubectl get endpointslices -n default` shows for `kubernetes`.
   *
   * @default - not known
   */
  readonly cidrs?: string[];

  /**
   * Port that the API server listens on: 6443 for most, 443 for many managed control planes.
   *
   * @default - both, 443 and 6443
   */
  readonly port?: number;

  /**
   * Whether the API server reaches pods through a tunnel that ends in a pod of the cluster, as konnectivity does on managed
   * control planes. Webhooks then see that pod as the caller.
   *
   * @default false
   */
  readonly tunnelled?: boolean;
}
