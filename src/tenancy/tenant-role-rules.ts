import type { TenantRoleRule } from './tenant-role-rule';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];

function write(apiGroup: string, ...resources: string[]): TenantRoleRule {
  return { apiGroups: [apiGroup], resources, verbs: [...READ, ...WRITE] };
}

function read(apiGroup: string, ...resources: string[]): TenantRoleRule {
  return { apiGroups: [apiGroup], resources, verbs: READ };
}

/**
 * What the built-in `edit` gives within a namespace, but for what would undo the guard: NetworkPolicies can be read and not
 * written, and the kinds that operators such as Flux add to `edit` are left out. Service accounts cannot be impersonated, nor asked
 * for a token (`serviceaccounts/token`), though whoever writes pods or Secrets can get the token of one of the namespace. What no API
 * server serves any more is left out too.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export const TENANT_RULES: TenantRoleRule[] = [
  write('', 'configmaps', 'events', 'persistentvolumeclaims', 'pods', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy',
    'replicationcontrollers', 'replicationcontrollers/scale', 'secrets', 'serviceaccounts', 'services', 'services/proxy'),
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  read('', 'bindings', 'endpoints', 'limitranges', 'namespaces', 'namespaces/status', 'persistentvolumeclaims/status', 'pods/log',
    'pods/status', 'replicationcontrollers/status', 'resourcequotas', 'resourcequotas/status', 'services/status'),
  write('apps', 'daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'replicasets/scale', 'statefulsets', 'statefulsets/scale'),
  read('apps', 'controllerrevisions', 'daemonsets/status', 'deployments/status', 'replicasets/status', 'statefulsets/status'),
  write('autoscaling', 'horizontalpodautoscalers'),
  read('autoscaling', 'horizontalpodautoscalers/status'),
  write('batch', 'cronjobs', 'jobs'),
  read('batch', 'cronjobs/status', 'jobs/status'),
  write('coordination.k8s.io', 'leases'),
  read('discovery.k8s.io', 'endpointslices'),
  write('networking.k8s.io', 'ingresses'),
  read('networking.k8s.io', 'ingresses/status', 'networkpolicies'),
  write('policy', 'poddisruptionbudgets'),
  read('policy', 'poddisruptionbudgets/status'),
  write('resource.k8s.io', 'resourceclaims', 'resourceclaimtemplates'),
  read('resource.k8s.io', 'resourceclaims/status'),
];
