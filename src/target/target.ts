/** Features of the Cilium agents that policies depend on. What is not said is off, `normalizedPaths` on. */
export interface CiliumAgent {
  readonly nodeSelectors?: boolean;
  readonly mutualAuthentication?: boolean;
  readonly sctp?: boolean;
  readonly hostFirewall?: boolean;
  readonly normalizedPaths?: boolean;
  readonly cidrMatchesNodes?: boolean;
  readonly cidrMatchesPods?: boolean;
  /** One of `POLICY_ENFORCEMENT_MODES`. @default 'default' */
  readonly policyEnforcementMode?: string;
}

/** The platform that objects are checked for, as plain data. */
export interface Target {
  /** The CNI as people call it. */
  readonly cni: string;
  readonly enforcesNetworkPolicy: boolean;
  /** How to get enforcement where there is none. */
  readonly cniMend: string;
  /** Minor version of Cilium, where the CNI is Cilium. */
  readonly cilium?: string;
  /** Name of the cluster as its mesh knows it, where it is not `default`. */
  readonly clusterName?: string;
  /** What the agents are known to have turned on; undefined where nobody said. */
  readonly ciliumAgent?: CiliumAgent;
  readonly kyverno: string;
  readonly kubernetes: string;
  readonly flux: string;
  /** Ranges that pods get their addresses from, where they are known. */
  readonly podCidrs?: readonly string[];
  /** Ranges that Services get their addresses from, where they are known. */
  readonly serviceCidrs?: readonly string[];
  /** Ranges that nodes have their addresses in, where they are known. */
  readonly nodeCidrs?: readonly string[];
  /** Where kinds that Kubernetes itself does not know have their pod template: `{ Rollout: 'spec.template' }`. */
  readonly podTemplates?: Readonly<Record<string, string>>;
  /** Namespaces that belong to the platform itself, where they are known. */
  readonly systemNamespaces?: readonly string[];
  /** Whether Flux is locked down for tenants, where that is known. */
  readonly fluxLockdown?: boolean;
}
