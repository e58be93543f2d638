/**
 * A peer that Cilium knows by what it is rather than by labels or address.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#entities-based
 */
export enum Entity {
  /** Everything, inside and outside. */
  ALL = 'all',
  /** Everything outside the cluster: 0.0.0.0/0 and ::/0 without pods and nodes. */
  WORLD = 'world',
  /** Everything inside this cluster: pods, nodes, health endpoints, the API server. */
  CLUSTER = 'cluster',
  /** The node that the pod runs on, with the host-network pods there. */
  HOST = 'host',
  /** Any other node of the cluster, with the host-network pods there. */
  REMOTE_NODE = 'remote-node',
  /** The API server, wherever it runs. */
  KUBE_APISERVER = 'kube-apiserver',
  /** Envoy of Cilium Ingress and of Cilium's Gateway API. */
  INGRESS = 'ingress',
  /** Cilium's health endpoints. */
  HEALTH = 'health',
  /** Endpoints whose labels are not known yet. */
  INIT = 'init',
  /** Pods that Cilium does not manage. */
  UNMANAGED = 'unmanaged',
  /** Nothing. */
  NONE = 'none',
}
