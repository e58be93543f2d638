/**
 * Which policy engine an AKS cluster was created with.
 *
 * @see https://learn.microsoft.com/azure/aks/use-network-policies
 */
export enum AzurePolicyEngine {
  /** Azure Network Policy Manager. */
  NPM = 'npm',
  /** Calico. */
  CALICO = 'calico',
  /** Cilium as data plane: NetworkPolicy only. */
  CILIUM = 'cilium',
  /** Cilium as data plane with Advanced Container Networking Services: CiliumNetworkPolicy with DNS names and L7 as well. */
  CILIUM_ACNS = 'cilium-acns',
  /** No engine: policies are stored and ignored. */
  NONE = 'none',
}
