import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { refuseGuardRules } from './refuse-guard-rules';
import { TenantRoleRule } from './tenant-role-rule';
import { TENANT_RULES } from './tenant-role-rules';
import { addTenantRole, TENANT_ROLE_NAME } from './tenant-roles';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

const BUILT_IN = ['admin', 'cluster-admin', 'edit', 'view'];

/**
 * Properties for `TenantRole`.
 */
export interface TenantRoleProps {
  /**
   * Name of the ClusterRole.
   *
   * @default 'tenant-edit'
   */
  readonly name?: string;

  /**
   * Rights on more kinds, such as those of the Gateway API or of cert-manager.
   *
   * @default - none
   */
  readonly rules?: TenantRoleRule[];
}

/**
 * The ClusterRole that tenants work with, once for each cluster: what the built-in `edit` gives, without what would undo the
 * guard. With `edit` or `admin` a tenant may write NetworkPolicies, and since policies add up, open what was closed. Left out as well are
 * impersonating service accounts, making tokens for them (`serviceaccounts/token`, as `kubectl create token` does), and what operators
 * add to `edit`, such as Flux's kinds.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 * @example
 *
 * new TenantRole(chart, 'tenant-role', {
 *   rules: [{ apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'], verbs: ['get', 'list', 'create', 'update', 'delete'] }],
 * });
 */
export class TenantRole extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: TenantRoleProps = {}) {
    super(scope, id);
    insistProps(this, 'TenantRoleProps', props);
    const name = props.name ?? TENANT_ROLE_NAME;
    if (BUILT_IN.includes(name)) {
      const allowed = `any name but ${BUILT_IN.join(', ')}, which are the roles that Kubernetes comes with`;
      refuse(where(this), 'name', problem(name, allowed, 'Leave `name` out.'));
    }
    refuseGuardRules(where(this), props.rules ?? []);
    this.apiObject = addObject(this, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
      rules: [...TENANT_RULES, ...props.rules ?? []],
    });
    addTenantRole(this, name);
  }
}
