/**
 * A listener of a CiliumEnvoyConfig.
 *
 * @see https://docs.cilium.io/en/stable/network/servicemesh/l7-traffic-management/
 */
export interface EnvoyListener {
  /**
   * Name of the listener in the config.
   */
  readonly name: string;

  /**
   * Name of the CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig.
   */
  readonly envoyConfig: string;

  /**
   * Whether the config is a CiliumClusterwideEnvoyConfig. A cluster-wide policy can refer to no other.
   *
   * @default false in a CiliumNetworkPolicy, true in a CiliumClusterwideNetworkPolicy
   */
  readonly clusterwide?: boolean;

  /**
   * Which listener wins where several match, 1 to 100; lower wins.
   *
   * @default - Cilium's own order
   */
  readonly priority?: number;
}
