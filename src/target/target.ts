/** The platform that objects are checked for, as plain data. */
export interface Target {
  /** The CNI as people call it. */
  readonly cni: string;
  readonly enforcesNetworkPolicy: boolean;
  /** How to get enforcement where there is none. */
  readonly cniMend: string;
  /** Minor version of Cilium, where the CNI is Cilium. */
  readonly cilium?: string;
  readonly kyverno: string;
  readonly kubernetes: string;
  readonly flux: string;
}
