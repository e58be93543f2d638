import { ApiServerProps } from './api-server';
import { Cni } from './cni';
import { DnsResolver } from './dns-resolver';
import { Gateway } from './gateway';
import { Prometheus } from './prometheus';
import { TelemetryCollector } from './telemetry-collector';

/**
 * Properties for `Platform`.
 */
export interface PlatformProps {
  /**
   * The network plugin, which decides what policies can say and whether they have an effect.
   *
   * @default Cni.cilium('1.18')
   */
  readonly cni?: Cni;

  /**
   * Minor version of Kubernetes, 1.28 to 1.36.
   *
   * @default '1.33'
   */
  readonly kubernetes?: string;

  /**
   * Minor version of Kyverno, 1.13 to 1.20.
   *
   * @default '1.19'
   */
  readonly kyverno?: string;

  /**
   * Minor version of Flux, 2.6 to 2.9.
   *
   * @default '2.8'
   */
  readonly flux?: string;

  /**
   * Name of the cluster, as Cilium's cluster mesh knows it.
   *
   * @default 'default'
   */
  readonly clusterName?: string;

  /**
   * Domain that the cluster's own DNS names end in.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * Search domains that pods get from the `resolv.conf` of their nodes, besides those of the cluster. DNS rules that name hosts name
   * them with these behind them too, since that is what a pod's resolver asks for first.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/#inheriting-dns-from-the-node
   */
  readonly searchDomains?: string[];

  /**
   * Ranges that pods get their addresses from.
   *
   * @default - not known; the private ranges are left out of the internet anyway
   */
  readonly podCidrs?: string[];

  /**
   * Where kinds of operators have their pod template, so that their pods are known as those of a Deployment are: the kind, and the
   * names of the fields with dots between them, as in `{ Rollout: 'spec.template' }`.
   *
   * @default - kinds of Kubernetes itself only
   */
  readonly podTemplates?: { [kind: string]: string };

  /**
   * Ranges that Services get their addresses from.
   *
   * @default - not known; the private ranges are left out of the internet anyway
   */
  readonly serviceCidrs?: string[];

  /**
   * Ranges that nodes have their addresses in.
   *
   * @default - not known; the private ranges are left out of the internet anyway
   */
  readonly nodeCidrs?: string[];

  /**
   * Where the API server answers. Needed by `AllowKubeApi` on every CNI but Cilium.
   *
   * @default - addresses not known; ports 443 and 6443
   */
  readonly apiServer?: ApiServerProps;

  /**
   * What resolves DNS names for pods.
   *
   * @default DnsResolver.kubeDns()
   */
  readonly dns?: DnsResolver;

  /**
   * The gateway that brings in traffic from outside, for `AllowGateway`.
   *
   * @default - none
   */
  readonly gateway?: Gateway;

  /**
   * The Prometheus that scrapes workloads, for `AllowScrape`.
   *
   * @default - none
   */
  readonly prometheus?: Prometheus;

  /**
   * Where workloads push their telemetry, for `AllowTelemetry`.
   *
   * @default - none
   */
  readonly telemetry?: TelemetryCollector;

  /**
   * Namespaces that belong to the platform itself. Cluster-wide policies and generators leave them out, and no tenant has the name of
   * one. `default` is among them because nothing should run in it; leave it out of the list where something does.
   *
   * @default ['cilium-secrets', 'cilium-spire', 'default', 'flux-system', 'kube-node-lease', 'kube-public', 'kube-system', 'kyverno']
   */
  readonly systemNamespaces?: string[];

  /**
   * Whether Flux is locked down for tenants: no references across namespaces, a default service account without rights.
   * Without it, whoever may create a Flux Kustomization in a namespace owns the cluster.
   *
   * @default true
   * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
   */
  readonly fluxLockdown?: boolean;
}
