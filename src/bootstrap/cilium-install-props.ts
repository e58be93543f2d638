import { ChartInstallProps } from './chart-install-props';
import { CiliumDnsProxy, CiliumHubble, CiliumIpam, CiliumKubeProxyReplacement, CiliumWireGuard } from './cilium-install-options';

/**
 * Properties for `CiliumInstall`. What policies depend on, such as SCTP or host firewall, is not among them: `Cni.cilium` of the Platform
 * says it, and it is installed as declared.
 */
export interface CiliumInstallProps extends ChartInstallProps {
  /** Exact version of Cilium, such as `1.18.5`, of the minor version that the Platform says. */
  readonly version: string;

  /**
   * Address of the repository with the chart `cilium`, beginning with https:// or oci://.
   *
   * @default 'https://helm.cilium.io/'
   */
  readonly repository?: string;

  /**
   * Who gives pods their addresses. CLUSTER_POOL takes the `podCidrs` of the Platform, which it then has to have.
   *
   * @default CiliumIpam.KUBERNETES
   */
  readonly ipam?: CiliumIpam;

  /**
   * Does the work of kube-proxy, which must not run then. K3dCluster and KindCluster leave it out by themselves.
   *
   * @default - kube-proxy does it
   */
  readonly kubeProxyReplacement?: CiliumKubeProxyReplacement;

  /**
   * What shows flows.
   *
   * @default - relay, and no UI
   */
  readonly hubble?: CiliumHubble;

  /**
   * Encryption between nodes.
   *
   * @default - none
   */
  readonly wireGuard?: CiliumWireGuard;

  /**
   * Whether nothing is dropped, and Hubble shows what would be: for introducing policies. HTTP rules are enforced nevertheless.
   *
   * @default false
   * @see https://docs.cilium.io/en/stable/security/policy-creation/
   */
  readonly policyAudit?: boolean;

  /**
   * What answers pods that DNS rules select.
   *
   * @default - as the chart has it
   */
  readonly dnsProxy?: CiliumDnsProxy;

  /**
   * Pods of the operator, each on a node of its own. A cluster of one node takes one.
   *
   * @default 2
   */
  readonly operatorReplicas?: number;

  /**
   * When images are pulled.
   *
   * @default 'IfNotPresent'
   */
  readonly imagePullPolicy?: string;
}
