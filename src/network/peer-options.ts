import type { LabelExpression } from '../values/label-expression';

/**
 * Options for `Peer.pods`: where the pods are, and what else must hold for them. Without a namespace option, the pods are
 * those of the policy's own namespace.
 */
export interface PodPeerOptions {
  /**
   * The namespace of the pods, by name.
   *
   * @default - the namespace of the policy
   */
  readonly namespace?: string;

  /**
   * The namespaces of the pods, by the labels of the namespaces. Whoever may label a namespace can then join: prefer
   * `namespace`.
   *
   * @default - the namespace of the policy
   */
  readonly namespaceLabels?: { [key: string]: string };

  /**
   * What else must hold for the labels of the namespaces. A namespace without the label meets `notIn` and `doesNotExist`.
   *
   * @default - nothing
   */
  readonly namespaceExpressions?: LabelExpression[];

  /**
   * Whether the pods may be in any namespace.
   *
   * @default false
   */
  readonly anyNamespace?: boolean;

  /**
   * What else must hold for the labels of the pods.
   *
   * @default - nothing
   */
  readonly expressions?: LabelExpression[];

  /**
   * What the peer is called in the names of policies, such as `envoy` in `allow-envoy-to-api`.
   *
   * @default - none: the construct then needs a `name`
   */
  readonly name?: string;
}

/**
 * Options for peers that have no name of their own.
 */
export interface PeerOptions {
  /**
   * What the peer is called in the names of policies.
   *
   * @default - none: the construct then needs a `name`
   */
  readonly name?: string;
}

/**
 * Options for peers by the labels of namespaces or nodes.
 */
export interface LabelledPeerOptions extends PeerOptions {
  /**
   * What else must hold for the labels. What does not have the label meets `notIn` and `doesNotExist`.
   *
   * @default - nothing
   */
  readonly expressions?: LabelExpression[];
}

/**
 * Options for `Peer.cidr` and `Peer.cidrGroup`.
 */
export interface CidrPeerOptions extends PeerOptions {
  /**
   * Parts of the range that are left out. They are not denied: another rule may still allow them.
   *
   * @default - none
   */
  readonly except?: string[];
}

/**
 * Options for `Peer.cidrGroups`.
 */
export interface CidrGroupsPeerOptions extends CidrPeerOptions {
  /**
   * What else must hold for the labels of the groups.
   *
   * @default - nothing
   */
  readonly expressions?: LabelExpression[];
}

/**
 * Options for `Peer.serviceAccount`.
 */
export interface ServiceAccountPeerOptions {
  /**
   * The namespace of the service account.
   *
   * @default - the namespace of the policy
   */
  readonly namespace?: string;
}
