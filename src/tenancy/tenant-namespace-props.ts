import { RemovalPolicy } from './removal-policy';
import { TenantEgress } from './tenant-egress';
import { TenantSize } from './tenant-size';
import { FluxTenantOptions } from '../flux/flux-tenant-options';
import { Port } from '../network/port';
import { ContainerLimits } from '../platform/container-limits';
import { PodSecurityLevel } from '../platform/pod-security-level';

/**
 * What every tenant can be told, whether its namespace is made or adopted.
 */
export interface TenantProps {
  /** The team that owns the namespace; a label value. */
  readonly team: string;

  /**
   * Name of the namespace.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * How much of the cluster the tenant gets.
   *
   * @default TenantSize.MEDIUM
   */
  readonly size?: TenantSize;

  /**
   * Figures of the ResourceQuota that differ from the size or add to it, such as `{ 'pods': '80', 'requests.nvidia.com/gpu': '2' }`.
   *
   * @default - those of the size
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
   */
  readonly quota?: { [resource: string]: string };

  /**
   * What containers get that do not say what they need, and what none may exceed. Figures that are left out keep their default.
   *
   * @default - requests of 100m CPU, 128Mi memory and 128Mi ephemeral storage, limits of 500m, 512Mi and 512Mi, no bounds
   */
  readonly containerLimits?: ContainerLimits;

  /**
   * Names of the groups of people who may change what is in the namespace.
   *
   * @default - none
   */
  readonly editors?: string[];

  /**
   * Names of the groups of people who may read what is in the namespace, Secrets excepted.
   *
   * @default - none
   */
  readonly viewers?: string[];

  /**
   * The ClusterRole of the editors and of the deployer; one that is named here may come from elsewhere, and nobody may do anything where
   * there is none of the name: `guardrails check` tells of it as `kubernetes/MissingRole`, where it is not among the objects. `edit` and
   * `admin` let a tenant write NetworkPolicies and so undo its own isolation, and, where Flux is not locked down, own the cluster.
   *
   * @default - the name of TenantRole, 'tenant-edit', of which the app must have one for the cluster
   */
  readonly role?: string;

  /**
   * Name of the service account that deploys into the namespace.
   *
   * @default 'deployer'
   */
  readonly deployer?: string;

  /**
   * Whether pods may look up names. Those of a namespace with `egressFqdns` may in any case.
   *
   * @default true
   */
  readonly dns?: boolean;

  /**
   * Whether the pods of the namespace may talk to each other.
   *
   * @default false
   */
  readonly sameNamespace?: boolean;

  /**
   * Ports on which the platform's gateway may connect to every pod of the namespace. To open single workloads, use
   * `AllowGateway`.
   *
   * @default - none
   */
  readonly gatewayPorts?: Port[];

  /**
   * Ports on which the platform's Prometheus may scrape every pod of the namespace: those of containers, not of a Service. An empty list
   * is none. To open single workloads, use `AllowScrape`.
   *
   * @default - the ports named `metrics` where the platform has a Prometheus, none otherwise
   */
  readonly scrapePorts?: Port[];

  /**
   * What every pod of the namespace may reach outside the cluster.
   *
   * @default TenantEgress.CLOSED
   */
  readonly egress?: TenantEgress;

  /**
   * Hosts outside the cluster that every pod of the namespace may reach by HTTPS, by DNS name. Needs Cilium.
   *
   * @default - none
   */
  readonly egressFqdns?: string[];

  /**
   * The tenant's own repository, which Flux applies to the namespace with the rights of the deployer.
   *
   * @default - none
   */
  readonly gitops?: FluxTenantOptions;
}

/**
 * Properties for `TenantNamespace`.
 */
export interface TenantNamespaceProps extends TenantProps {
  /** What happens to the namespace when it leaves the repository. There is no default: deleting one deletes its volumes. */
  readonly removal: RemovalPolicy;

  /**
   * Environment, as a label.
   *
   * @default - no label
   */
  readonly environment?: string;

  /**
   * Cost center, as a label.
   *
   * @default - no label
   */
  readonly costCenter?: string;

  /**
   * Prefix of the labels for team, environment and cost center.
   *
   * @default 'platform.io'
   */
  readonly labelPrefix?: string;

  /**
   * More labels of the namespace.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the namespace. What Flux does when it is gone from the repository is said with `removal`.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * How much the pods may do to their node.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * Which version of the Pod Security Standards is meant, such as `v1.33`.
   *
   * @default 'latest'
   */
  readonly podSecurityVersion?: string;
}
