import { FLUX_TENANT_LABEL, MANAGED_LABEL } from '../../target/well-known-labels';
import type { CheckContext } from '../check-context';
import { type NamespaceReading, namespacesOf } from '../kubernetes/namespaces';

/** Whether the platform has taken the namespace into its care. */
export function isManaged({ labels }: NamespaceReading): boolean {
  return labels?.[MANAGED_LABEL] === 'true';
}

export function isTenant(namespace: NamespaceReading): boolean {
  return isManaged(namespace) || namespace.labels?.[FLUX_TENANT_LABEL] !== undefined;
}

/** The namespaces of the set that belong to tenants. */
export function tenantsOf(context: CheckContext): NamespaceReading[] {
  return [...namespacesOf(context).values()].filter(isTenant);
}
