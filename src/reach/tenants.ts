import type { Cluster } from './cluster';
import type { Party } from './party';

/** Two sets that are compared. */
export interface Compared {
  readonly before: Cluster;
  readonly after: Cluster;
  readonly tenantLabel: string;
}

interface Owner {
  readonly namespace: string;
  /** Whose the namespace is; nothing where it is nobody's, or that is not known. */
  readonly tenant: string | undefined;
  /** Whether no set has the Namespace, so that only the cluster knows whose it is. */
  readonly isUntold: boolean;
  readonly stranger: boolean;
}

/**
 * Whether two are of different tenants, or may be: a gate has to see what opens from a tenant to a namespace of which neither set has the
 * Namespace. Where that is so of both nothing is told, unless one of them is a stranger.
 */
export function crossesTenants(from: Party, to: Party, sides: Compared): boolean {
  const [one, other] = [ownerOf(from, sides), ownerOf(to, sides)];
  if (!one || !other) return false;
  const [own, its] = [one, other].map(nameOf);
  if (own !== undefined && its !== undefined) return own !== its;
  return one.namespace !== other.namespace && (one.isUntold ? other.tenant !== undefined : other.isUntold && one.tenant !== undefined);
}

/** A stranger whom nobody here knows is taken for somebody else's. */
function nameOf({ tenant, stranger, isUntold, namespace }: Owner): string | undefined {
  return tenant ?? (stranger && isUntold ? `whoever has ${namespace}` : undefined);
}

function ownerOf(party: Party, { before, after, tenantLabel }: Compared): Owner | undefined {
  if (party.type !== 'workload') return undefined;
  const { endpoint } = party;
  const { namespace, stranger, alike = 0 } = endpoint;
  const tenant = after.tenantOf(endpoint, tenantLabel) ?? before.tenantOf(endpoint, tenantLabel);
  return { namespace, stranger, tenant, isUntold: alike > 0 || ![after, before].some(({ world }) => world.namespaces.has(namespace)) };
}
