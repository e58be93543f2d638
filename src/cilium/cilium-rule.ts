import { AuthenticationMode } from './authentication-mode';
import { CiliumPortRule } from './cilium-port-rule';
import { IPeer } from '../network/i-peer';
import { Port } from '../network/port';

/**
 * What may come in. Peers and ports must both match. A rule without either matches nothing, but isolates.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/
 */
export interface CiliumIngressRule {
  /**
   * Who may connect; any of them. All of one kind: pods, entities, CIDRs or nodes.
   *
   * @default - anyone where ports are given, nobody otherwise
   */
  readonly from?: IPeer[];

  /**
   * The ports, and what may be said on them; any of them.
   *
   * @default - every port of every protocol
   */
  readonly toPorts?: CiliumPortRule[];

  /**
   * ICMP messages, from `Port.icmp`; any of them. Not together with `toPorts`.
   *
   * @default - decided by `toPorts`
   */
  readonly icmps?: Port[];

  /**
   * Security groups of AWS whose members may connect. Not together with `from`.
   *
   * @default - none
   */
  readonly fromGroups?: CiliumAwsGroup[];

  /**
   * Whether the peer must prove who it is.
   *
   * @default - decided by other rules, or not
   */
  readonly authentication?: AuthenticationMode;
}

/**
 * What may go out. Peers and ports must both match. A rule without either matches nothing, but isolates.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/
 */
export interface CiliumEgressRule {
  /**
   * Who may be connected to; any of them. All of one kind: pods, entities, CIDRs, nodes or DNS names.
   *
   * @default - anyone where ports are given, nobody otherwise
   */
  readonly to?: IPeer[];

  /**
   * The ports, and what may be said on them; any of them.
   *
   * @default - every port of every protocol
   */
  readonly toPorts?: CiliumPortRule[];

  /**
   * ICMP messages, from `Port.icmp`; any of them. Not together with `toPorts`.
   *
   * @default - decided by `toPorts`
   */
  readonly icmps?: Port[];

  /**
   * Services whose backends may be connected to. Not together with `to`; together with `toPorts` from Cilium 1.18.
   *
   * @default - none
   */
  readonly toServices?: CiliumServicePeer[];

  /**
   * Security groups of AWS whose members may be connected to. Not together with `to`.
   *
   * @default - none
   */
  readonly toGroups?: CiliumAwsGroup[];

  /**
   * Whether the peer must prove who it is.
   *
   * @default - decided by other rules, or not
   */
  readonly authentication?: AuthenticationMode;
}

/**
 * What must not come in, whatever is allowed elsewhere. A deny knows peers and ports only: no HTTP, no DNS names.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#deny-policies
 */
export interface CiliumIngressDenyRule {
  /**
   * Who must not connect; any of them. All of one kind.
   *
   * @default - anyone where ports are given, nobody otherwise
   */
  readonly from?: IPeer[];

  /**
   * The ports; any of them.
   *
   * @default - every port of every protocol
   */
  readonly ports?: Port[];

  /**
   * ICMP messages, from `Port.icmp`; any of them. Not together with `ports`.
   *
   * @default - decided by `ports`
   */
  readonly icmps?: Port[];

  /**
   * Security groups of AWS whose members must not connect. Not together with `from`.
   *
   * @default - none
   */
  readonly fromGroups?: CiliumAwsGroup[];
}

/**
 * What must not go out, whatever is allowed elsewhere. A deny knows peers and ports only: no HTTP, no DNS names, and no Services,
 * which Cilium looks up for allows alone.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#deny-policies
 */
export interface CiliumEgressDenyRule {
  /**
   * Who must not be connected to; any of them. All of one kind, DNS names excepted.
   *
   * @default - anyone where ports are given, nobody otherwise
   */
  readonly to?: IPeer[];

  /**
   * The ports; any of them.
   *
   * @default - every port of every protocol
   */
  readonly ports?: Port[];

  /**
   * ICMP messages, from `Port.icmp`; any of them. Not together with `ports`.
   *
   * @default - decided by `ports`
   */
  readonly icmps?: Port[];

  /**
   * Security groups of AWS whose members must not be connected to. Not together with `to`.
   *
   * @default - none
   */
  readonly toGroups?: CiliumAwsGroup[];
}

/**
 * A Service by name, or Services by label. Exactly one of `name` and `labels`.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#services-based
 */
export interface CiliumServicePeer {
  /**
   * Name of the Service.
   *
   * @default - chosen by `labels`
   */
  readonly name?: string;

  /**
   * Labels of the Services.
   *
   * @default - chosen by `name`
   */
  readonly labels?: { [key: string]: string };

  /**
   * Namespace of the Service. Required in a cluster-wide policy.
   *
   * @default - the namespace of the policy
   */
  readonly namespace?: string;
}

/**
 * Instances of AWS by their security groups.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#aws-based
 */
export interface CiliumAwsGroup {
  /**
   * Region.
   *
   * @default - the agent's own
   */
  readonly region?: string;

  /**
   * Ids of the security groups.
   *
   * @default - none
   */
  readonly securityGroupIds?: string[];

  /**
   * Names of the security groups.
   *
   * @default - none
   */
  readonly securityGroupNames?: string[];

  /**
   * Tags of the instances.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Whether a policy isolates the endpoints it selects. Left out, it does in each direction in which it has a rule, a deny
 * included.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/intro/#rule-basics
 */
export interface EnableDefaultDeny {
  /**
   * Whether what is not allowed in is denied.
   *
   * @default - true when the policy has an ingress rule
   */
  readonly ingress?: boolean;

  /**
   * Whether what is not allowed out is denied.
   *
   * @default - true when the policy has an egress rule
   */
  readonly egress?: boolean;
}

/**
 * A label of a rule.
 */
export interface CiliumRuleLabel {
  /** Key. */
  readonly key: string;

  /**
   * Value.
   *
   * @default - none
   */
  readonly value?: string;

  /**
   * Who says so, such as `k8s`.
   *
   * @default - Cilium's own choice
   */
  readonly source?: string;
}

/**
 * What every Cilium policy can say.
 */
export interface CiliumPolicyProps {
  /** Name of the object. */
  readonly name: string;

  /**
   * Labels of the object.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * What the policy is for, in prose.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * What may come in.
   *
   * @default - ingress is left alone
   */
  readonly ingress?: CiliumIngressRule[];

  /**
   * What must not come in.
   *
   * @default - nothing
   */
  readonly ingressDeny?: CiliumIngressDenyRule[];

  /**
   * What may go out.
   *
   * @default - egress is left alone
   */
  readonly egress?: CiliumEgressRule[];

  /**
   * What must not go out.
   *
   * @default - nothing
   */
  readonly egressDeny?: CiliumEgressDenyRule[];

  /**
   * Whether the policy isolates.
   *
   * @default - it does in each direction in which it has a rule
   */
  readonly enableDefaultDeny?: EnableDefaultDeny;

  /**
   * Labels of the rule itself, which Cilium shows with it.
   *
   * @default - none
   */
  readonly ruleLabels?: CiliumRuleLabel[];

  /**
   * Text that Hubble shows with the flows that the policy decides, at most 32 characters. Cilium 1.18.
   *
   * @default - none
   */
  readonly log?: string;
}
