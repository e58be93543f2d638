/**
 * Where listeners of Envoy are configured.
 *
 * @see https://docs.cilium.io/en/stable/network/servicemesh/l7-traffic-management/
 */
export enum EnvoyConfigKind {
  /** In a namespace. */
  CILIUM_ENVOY_CONFIG = 'CiliumEnvoyConfig',
  /** For the cluster. */
  CILIUM_CLUSTERWIDE_ENVOY_CONFIG = 'CiliumClusterwideEnvoyConfig',
}

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
   * Kind of the config. A cluster-wide policy can refer to no other than a CiliumClusterwideEnvoyConfig.
   *
   * @default - CILIUM_ENVOY_CONFIG in a CiliumNetworkPolicy, CILIUM_CLUSTERWIDE_ENVOY_CONFIG in a CiliumClusterwideNetworkPolicy
   */
  readonly kind?: EnvoyConfigKind;

  /**
   * Which listener wins where several match, 1 to 100; lower wins.
   *
   * @default - Cilium's own order
   */
  readonly priority?: number;
}
