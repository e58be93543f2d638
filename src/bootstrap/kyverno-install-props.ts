import { ChartInstallProps } from './chart-install-props';

/**
 * Pods of each of Kyverno's controllers.
 *
 * @see https://kyverno.io/docs/high-availability/
 */
export interface KyvernoReplicas {
  /**
   * Of the controller that answers the API server. With fewer than 3, a node that goes may keep every pod from starting.
   *
   * @default 3
   */
  readonly admission?: number;

  /**
   * Of the controller that generates objects and mutates those that exist.
   *
   * @default 2
   */
  readonly background?: number;

  /**
   * Of the controller that cleans up.
   *
   * @default 2
   */
  readonly cleanup?: number;

  /**
   * Of the controller that writes reports.
   *
   * @default 2
   */
  readonly reports?: number;
}

/**
 * Controllers that can be given more rights.
 */
export enum KyvernoController {
  /** Answers the API server. */
  ADMISSION = 'admission',
  /** Generates objects and mutates those that exist. */
  BACKGROUND = 'background',
  /** Writes reports. */
  REPORTS = 'reports',
}

/**
 * Rights of a controller on kinds of an API group, besides those that it has and those that this library's policies bring along.
 *
 * @see https://kyverno.io/docs/installation/customization/#customizing-permissions
 */
export interface KyvernoPermission {
  /** Who gets the rights. */
  readonly controller: KyvernoController;

  /**
   * The API group.
   *
   * @default '' - the core group
   */
  readonly apiGroup?: string;

  /** Resources, by their plural, such as `secrets`. */
  readonly resources: string[];

  /**
   * What may be done with them.
   *
   * @default ['get', 'list', 'watch']
   */
  readonly verbs?: string[];
}

/**
 * Parts of Kyverno that are on or off.
 *
 * @see https://kyverno.io/docs/installation/customization/#container-flags
 */
export interface KyvernoFeatures {
  /**
   * The one namespace in which PolicyExceptions count. Whoever may write them there can undo any policy.
   *
   * @default - none: they do not count
   */
  readonly policyExceptionsNamespace?: string;

  /**
   * How often objects that exist are looked at again, as a Go duration.
   *
   * @default - left out: 1h
   */
  readonly backgroundScanInterval?: string;

  /**
   * Whether Kyverno has the API server check policies itself, as ValidatingAdmissionPolicies, where it can.
   *
   * @default - as the chart has it
   */
  readonly validatingAdmissionPolicies?: boolean;

  /**
   * Whether nobody else may change what Kyverno has generated.
   *
   * @default false
   */
  readonly protectManagedResources?: boolean;

  /**
   * Whether everything passes while Kyverno does not answer, whatever policies say. For clusters to try things out in.
   *
   * @default false
   */
  readonly failOpen?: boolean;

  /**
   * Whether Nodes and certificate requests pass while Kyverno does not answer. A cluster that starts as a whole may wait for itself
   * otherwise. Needs Kyverno 1.19.
   *
   * @default false
   */
  readonly excludeBootstrapResources?: boolean;
}

/**
 * Properties for `KyvernoInstall`.
 */
export interface KyvernoInstallProps extends ChartInstallProps {
  /** Exact version of the chart, which is not that of Kyverno: `3.9.0` is Kyverno 1.19. It has to be what the Platform says. */
  readonly version: string;

  /**
   * Address of the repository with the chart `kyverno`, beginning with https:// or oci://.
   *
   * @default 'oci://ghcr.io/kyverno/charts'
   */
  readonly repository?: string;

  /**
   * Namespace that Kyverno is installed into. It has to be among the `systemNamespaces` of the Platform.
   *
   * @default 'kyverno'
   */
  readonly namespace?: string;

  /**
   * Pods of each controller.
   *
   * @default - 3 for admission, 2 for the others
   */
  readonly replicas?: KyvernoReplicas;

  /**
   * Namespaces that no policy holds in, besides kube-system and Kyverno's own: the API server does not ask about what is in them.
   *
   * @default - none
   */
  readonly excludeNamespaces?: string[];

  /**
   * Memory that a pod of the admission controller may use. With hundreds of policies the chart's 384Mi is not enough, and no pod starts
   * while it restarts.
   *
   * @default - left out: 384Mi
   */
  readonly admissionMemoryLimit?: string;

  /**
   * Parts that are on or off.
   *
   * @default - as the chart has them
   */
  readonly features?: KyvernoFeatures;

  /**
   * More rights, as ClusterRoles that Kyverno's own aggregate.
   *
   * @default - none
   */
  readonly permissions?: KyvernoPermission[];
}
