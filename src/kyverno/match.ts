import { LabelSelector } from '../values/label-selector';

/**
 * What a request does to an object.
 */
export enum KyvernoOperation {
  /** The object is new. */
  CREATE = 'CREATE',
  /** The object changes. */
  UPDATE = 'UPDATE',
  /** The object goes. Patterns are not evaluated then; deny conditions are. */
  DELETE = 'DELETE',
  /** A connection to a subresource, such as `pods/exec`. */
  CONNECT = 'CONNECT',
}

/**
 * Objects by what they are. Every field given must hold; of the elements of a field, any one.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/
 */
export interface KyvernoResources {
  /**
   * Kinds as `group/version/Kind`, where version may be `*`, and `version/Kind` in the core group. A bare `Kind` is that kind of
   * every group. Pods are the exception: Kyverno makes rules for Deployments and other controllers only of a rule that names
   * `Pod` bare.
   *
   * @default - any kind, in `exclude` only: `match` needs kinds
   */
  readonly kinds?: string[];

  /**
   * Names, with the wildcards `*` and `?`. Stops the rules for pod controllers.
   *
   * @default - any name
   */
  readonly names?: string[];

  /**
   * Namespaces, with the wildcards `*` and `?`. Of a Namespace object, its own name.
   *
   * @default - any namespace
   */
  readonly namespaces?: string[];

  /**
   * Annotations that the object has, with wildcards in keys and values. Stops the rules for pod controllers.
   *
   * @default - any annotations
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Labels of the object. Stops the rules for pod controllers.
   *
   * @default - any labels
   */
  readonly selector?: LabelSelector;

  /**
   * Labels of the object's namespace. Never matches Namespace objects, which lie in none: use `selector` for them.
   *
   * @default - any namespace
   */
  readonly namespaceSelector?: LabelSelector;

  /**
   * Operations. Left out, a deny rule judges deletions too.
   *
   * @default - every operation
   */
  readonly operations?: KyvernoOperation[];
}

/**
 * The kinds of users that Kubernetes knows.
 */
export enum KyvernoSubjectKind {
  /** A user. */
  USER = 'User',
  /** A group of users. */
  GROUP = 'Group',
  /** A service account. */
  SERVICE_ACCOUNT = 'ServiceAccount',
}

/**
 * Who makes a request.
 */
export interface KyvernoSubject {
  /** Kind of user. */
  readonly kind: KyvernoSubjectKind;

  /** Name of the user, group or service account. */
  readonly name: string;

  /**
   * Namespace of a service account, which needs one.
   *
   * @default - none
   */
  readonly namespace?: string;

  /**
   * API group of the subject.
   *
   * @default - that of the kind
   */
  readonly apiGroup?: string;
}

/**
 * Requests by their object and by who makes them; both must hold. Who makes a request is not known in background scans: a policy
 * that asks needs `background: false`.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/
 */
export interface KyvernoResourceFilter {
  /**
   * Objects.
   *
   * @default - any object
   */
  readonly resources?: KyvernoResources;

  /**
   * Users, groups and service accounts; any of them.
   *
   * @default - anyone
   */
  readonly subjects?: KyvernoSubject[];

  /**
   * Roles that the user has, as `namespace:name`; any of them.
   *
   * @default - any roles
   */
  readonly roles?: string[];

  /**
   * ClusterRoles that the user has; any of them.
   *
   * @default - any roles
   */
  readonly clusterRoles?: string[];
}

/**
 * Which requests a rule is about. One of both lists, not both.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/
 */
export interface KyvernoMatch {
  /**
   * At least one of these filters holds.
   *
   * @default - use `all`
   */
  readonly any?: KyvernoResourceFilter[];

  /**
   * All of these filters hold.
   *
   * @default - use `any`
   */
  readonly all?: KyvernoResourceFilter[];
}
