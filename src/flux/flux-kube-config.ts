/**
 * Another cluster to apply to.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-reference
 */
export interface FluxKubeConfig {
  /**
   * Name of the Secret with the kubeconfig.
   *
   * @default - none; then `configMapName` is given
   */
  readonly secretName?: string;

  /**
   * Key of the Secret.
   *
   * @default - left out: value, or value.yaml
   */
  readonly secretKey?: string;

  /**
   * Name of the ConfigMap that says how to reach a cluster of a cloud provider. Needs Flux 2.7.
   *
   * @default - none; then `secretName` is given
   */
  readonly configMapName?: string;
}
