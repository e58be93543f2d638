import type { IConstruct } from 'constructs';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { GuardrailsError } from '../values/guardrails-error';

/** The name that tenants bind when they are told no other. */
export const TENANT_ROLE_NAME = 'tenant-edit';

const roles = new WeakMap<IConstruct, Set<string>>();

/** Notes that the cluster of a construct has a TenantRole of this name. */
export function addTenantRole(construct: IConstruct, name: string): void {
  const cluster = Platform.of(construct)._scope;
  roles.set(cluster, (roles.get(cluster) ?? new Set<string>()).add(name));
}

/** What is wrong when somebody is bound to the TenantRole of the cluster, and there is none. */
export function missingTenantRole(construct: IConstruct): string[] {
  if (roles.get(Platform.of(construct)._scope)?.has(TENANT_ROLE_NAME)) return [];
  return [new GuardrailsError(where(construct), 'role', {
    given: `none, and this cluster has no TenantRole ${TENANT_ROLE_NAME}`,
    allowed: 'a ClusterRole that exists',
    mend: 'Add `new TenantRole(chart, \'tenant-role\')` once for the cluster, or pass `role` where the role comes from elsewhere.',
  }).message];
}
