import { FLUX_TENANT_LABEL, MANAGED_LABEL, TENANT_LABEL } from './well-known-labels';

/**
 * Whose a namespace is: what its label says, or what `flux create tenant` says. A namespace that the platform has taken into its care and
 * that has neither is a tenant of its own, called like the namespace. Any other is nobody's.
 */
export function tenantOf(name: string, labels: Readonly<Record<string, string>> = {}, label: string = TENANT_LABEL): string | undefined {
  const own = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  return own(label) ?? own(FLUX_TENANT_LABEL) ?? (own(MANAGED_LABEL) === 'true' ? name : undefined);
}
