import { TenantSize } from './tenant-size';

/** The figures of a ResourceQuota, by size. */
export const QUOTAS: Record<TenantSize, Record<string, string>> = {
  [TenantSize.SMALL]: quota('2', '4Gi', '4', '8Gi', ['10Gi', '20Gi'], ['20Gi', '5'], ['20', '10', '50', '50'], '0'),
  [TenantSize.MEDIUM]: quota('4', '8Gi', '8', '16Gi', ['20Gi', '40Gi'], ['50Gi', '10'], ['50', '20', '100', '100'], '0'),
  [TenantSize.LARGE]: quota('10', '20Gi', '20', '40Gi', ['60Gi', '160Gi'], ['100Gi', '20'], ['100', '40', '200', '200'], '1'),
};

/**
 * What a container gets that does not say what it needs. A quota on a resource refuses every pod that says nothing about it: there
 * is a default for each that it counts.
 */
export const CONTAINER_DEFAULTS = {
  defaultLimit: { 'cpu': '500m', 'memory': '512Mi', 'ephemeral-storage': '512Mi' },
  defaultRequest: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '128Mi' },
};

function quota(
  cpu: string, memory: string, cpuLimit: string, memoryLimit: string,
  [scratch, scratchLimit]: [string, string], [storage, claims]: [string, string],
  [pods, services, configMaps, secrets]: [string, string, string, string], loadBalancers: string,
): Record<string, string> {
  return {
    'requests.cpu': cpu,
    'requests.memory': memory,
    'limits.cpu': cpuLimit,
    'limits.memory': memoryLimit,
    'requests.ephemeral-storage': scratch,
    'limits.ephemeral-storage': scratchLimit,
    'requests.storage': storage,
    'persistentvolumeclaims': claims,
    pods,
    services,
    'configmaps': configMaps,
    secrets,
    'services.nodeports': '0',
    'services.loadbalancers': loadBalancers,
  };
}
