import type { CiliumAgent } from './target';

/** What a target file says: the facts of a cluster, as people write them. Everything may be left out. */
export interface PlatformFacts {
  readonly kubernetes?: string;
  readonly kyverno?: string;
  readonly flux?: string;
  readonly cni?: string | OtherCni;
  readonly cilium?: string | CiliumFacts;
  readonly clusterName?: string;
  readonly clusterDomain?: string;
  readonly searchDomains?: readonly string[];
  readonly podCidrs?: readonly string[];
  readonly serviceCidrs?: readonly string[];
  readonly nodeCidrs?: readonly string[];
  readonly apiServer?: ApiServerFacts;
  readonly podTemplates?: Readonly<Record<string, string>>;
  readonly systemNamespaces?: readonly string[];
  readonly fluxLockdown?: boolean;
}

/** A CNI that has no name here. */
export interface OtherCni {
  readonly name: string;
  readonly enforcesNetworkPolicy: boolean;
}

/** The version of Cilium, with what its agents have turned on. */
export interface CiliumFacts extends CiliumAgent {
  readonly version?: string;
}

/** Where the API server answers. */
export interface ApiServerFacts {
  readonly cidrs?: readonly string[];
  readonly port?: number;
  readonly tunnelled?: boolean;
}
