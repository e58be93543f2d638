/**
 * Rights on kinds of one or more API groups.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole
 */
export interface TenantRoleRule {
  /** API groups; the core group is the empty string. */
  readonly apiGroups: string[];

  /** Resources, by their plural name, such as `httproutes`. */
  readonly resources: string[];

  /** Verbs, such as `get` and `create`. */
  readonly verbs: string[];
}
