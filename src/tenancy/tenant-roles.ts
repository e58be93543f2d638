import type { IConstruct } from 'constructs';
import { Platform } from '../platform/platform';

/** The name that tenants bind when they are told no other. */
export const TENANT_ROLE_NAME = 'tenant-edit';

const roles = new WeakMap<IConstruct, Set<string>>();

/** Notes that the cluster of a construct has a TenantRole of this name. */
export function addTenantRole(construct: IConstruct, name: string): void {
  const cluster = Platform.of(construct)._scope;
  roles.set(cluster, (roles.get(cluster) ?? new Set<string>()).add(name));
}

/** Whether the cluster of a construct has a TenantRole of this name. */
export function hasTenantRole(construct: IConstruct, name: string): boolean {
  return roles.get(Platform.of(construct)._scope)?.has(name) ?? false;
}
