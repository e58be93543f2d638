/**
 * Who gives pods their addresses.
 *
 * @see https://docs.cilium.io/en/stable/network/concepts/ipam/
 */
export enum CiliumIpam {
  /** Kubernetes: from the range that it gave each node. */
  KUBERNETES = 'kubernetes',
  /** Cilium's operator: from the `podCidrs` of the Platform. */
  CLUSTER_POOL = 'cluster-pool',
}

/**
 * What a pod is told whose question no DNS rule allows.
 */
export enum CiliumDnsRejection {
  /** That it is refused. Some resolvers then ask nothing else. */
  REFUSED = 'refused',
  /** That there is no such name, which musl takes better. */
  NAME_ERROR = 'nameError',
}

/**
 * Doing the work of kube-proxy. Without kube-proxy nobody leads to the API server's Service before Cilium runs, so the agents are told
 * where it really is.
 *
 * @see https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/
 */
export interface CiliumKubeProxyReplacement {
  /** Host name or address of the API server as nodes reach it: `k3d-<cluster>-server-0` on k3d, `<cluster>-control-plane` on kind. */
  readonly apiServerHost: string;

  /**
   * Port of the API server.
   *
   * @default 6443
   */
  readonly apiServerPort?: number;
}

/**
 * What shows flows.
 *
 * @see https://docs.cilium.io/en/stable/observability/hubble/
 */
export interface CiliumHubble {
  /**
   * Whether flows of all nodes are collected. The UI needs it, and the `hubble` command.
   *
   * @default true
   */
  readonly relay?: boolean;

  /**
   * Whether there is a UI. Who reaches it sees who talks to whom in the whole cluster.
   *
   * @default false
   */
  readonly ui?: boolean;

  /**
   * Metrics, such as `dns`, `drop`, `flow` and `tcp`.
   *
   * @default - none
   */
  readonly metrics?: string[];
}

/**
 * Encryption between nodes by WireGuard. Traffic within a node is never encrypted.
 *
 * @see https://docs.cilium.io/en/stable/security/network/encryption-wireguard/
 */
export interface CiliumWireGuard {
  /**
   * Whether traffic between pods that cannot be encrypted is dropped; it passes in the clear otherwise. Takes the one IPv4 range of the
   * Platform's `podCidrs`.
   *
   * @default false
   */
  readonly strict?: boolean;

  /**
   * Whether the traffic of nodes themselves is encrypted, too.
   *
   * @default false
   */
  readonly nodeEncryption?: boolean;
}

/**
 * What answers pods that DNS rules select.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/#dns-proxy
 */
export interface CiliumDnsProxy {
  /**
   * What a pod is told whose question is not allowed.
   *
   * @default - left out: REFUSED
   */
  readonly rejection?: CiliumDnsRejection;

  /**
   * Seconds that an answer counts at least, however short its own time to live.
   *
   * @default - left out: 0
   */
  readonly minTtl?: number;

  /**
   * Addresses that are kept for a name and pod.
   *
   * @default - left out: 1000
   */
  readonly maxIpsPerName?: number;

  /**
   * How long an answer is held back until policies know its addresses, as a Go duration.
   *
   * @default - left out: 100ms
   */
  readonly maxResponseDelay?: string;

  /**
   * Whether identities of names are made before anybody asks. Turn it off with more than 200 names.
   *
   * @default - left out: yes
   */
  readonly preAllocateIdentities?: boolean;
}
