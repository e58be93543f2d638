export const ENTITIES = ['host', 'remote-node', 'kube-apiserver', 'ingress', 'health', 'world', 'init', 'unmanaged'] as const;
export type Entity = (typeof ENTITIES)[number];

/** One end of a connection. */
export type Endpoint = PodEndpoint | NodeEndpoint | OutsideEndpoint | EntityEndpoint;

export interface PodEndpoint {
  readonly kind: 'pod';
  /** `namespace/name` */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  /** Throws where the label is not known. */
  readonly namespaceLabelOf: (key: string) => string | undefined;
  readonly serviceAccount: string;
  readonly ports: ContainerPort[];
  readonly ips: string[];
  readonly hostNetwork: boolean;
  /** Of the host network: whether it runs on the node of the other end. */
  readonly sameNode: boolean;
  /** A workload stands for several pods: traffic to itself is traffic to a replica. */
  readonly replicated: boolean;
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol: string;
}

export interface NodeEndpoint {
  readonly kind: 'node';
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly ips: string[];
}

/** Outside the cluster: an address, or a name whose address is unknown. */
export interface OutsideEndpoint {
  readonly kind: 'outside';
  readonly name: string;
  readonly ip?: string;
  readonly fqdn?: string;
}

export interface EntityEndpoint {
  readonly kind: 'entity';
  readonly name: string;
  readonly entity: Entity;
}

/** The ports of a destination that carry this name for this protocol; a name may stand in several containers. */
export function namedPorts(endpoint: Endpoint, name: string, protocol: string): number[] {
  if (endpoint.kind !== 'pod') return [];
  return endpoint.ports.filter((port) => port.name === name && port.protocol === protocol).map((port) => port.containerPort);
}
