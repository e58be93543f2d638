import { CiliumPolicyEnforcement } from './cilium-policy-enforcement';

/**
 * Features of the Cilium agent that policies depend on and that differ from cluster to cluster.
 */
export interface CiliumOptions {
  /**
   * Whether policies may select nodes by their labels (`nodeSelectorLabels`). The agent refuses such policies otherwise.
   *
   * @default false
   * @see https://docs.cilium.io/en/stable/security/policy/layer3/#node-based
   */
  readonly nodeSelectors?: boolean;

  /**
   * Whether mutual authentication is set up (`authentication.mutual.spire.enabled`).
   *
   * @default false
   * @see https://docs.cilium.io/en/stable/network/servicemesh/mutual-authentication/mutual-authentication/
   */
  readonly mutualAuthentication?: boolean;

  /**
   * Whether SCTP is supported (`sctp.enabled`).
   *
   * @default false
   * @see https://docs.cilium.io/en/stable/configuration/sctp/
   */
  readonly sctp?: boolean;

  /**
   * Whether policies for nodes are enforced (`hostFirewall.enabled`).
   *
   * @default false
   * @see https://docs.cilium.io/en/stable/security/host-firewall/
   */
  readonly hostFirewall?: boolean;

  /**
   * Whether Envoy resolves dot segments and repeated slashes before a path is matched (`http-normalize-path`). Where it does not,
   * `HttpPath.prefix` is refused: `/api/../admin` would pass for a path below `/api`.
   *
   * @default true
   */
  readonly normalizedPaths?: boolean;

  /**
   * Whether a CIDR also matches nodes (`policyCIDRMatchMode: [nodes]`).
   *
   * @default false
   * @see https://docs.cilium.io/en/stable/security/policy/layer3/#cidr-based
   */
  readonly cidrMatchesNodes?: boolean;

  /**
   * Whether a CIDR also matches pods (`policyCIDRMatchMode: [pods]`), from Cilium 1.20.
   *
   * @default false
   */
  readonly cidrMatchesPods?: boolean;

  /**
   * Which pods are isolated (`policyEnforcementMode`).
   *
   * @default CiliumPolicyEnforcement.DEFAULT
   * @see https://docs.cilium.io/en/stable/security/network/policyenforcement/
   */
  readonly policyEnforcementMode?: CiliumPolicyEnforcement;
}
