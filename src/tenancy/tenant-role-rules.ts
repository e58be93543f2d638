interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];

function write(apiGroup: string, ...resources: string[]): PolicyRule {
  return { apiGroups: [apiGroup], resources, verbs: [...READ, ...WRITE] };
}

function read(apiGroup: string, ...resources: string[]): PolicyRule {
  return { apiGroups: [apiGroup], resources, verbs: READ };
}

/**
 * What the built-in `edit` gives within a namespace, but for what would undo the guard: NetworkPolicies can be read and not
 * written, kinds of Cilium and Flux are left out, and nobody can act as another service account.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export const TENANT_RULES: PolicyRule[] = [
  write('', 'configmaps', 'persistentvolumeclaims', 'pods', 'replicationcontrollers', 'replicationcontrollers/scale', 'secrets',
    'serviceaccounts', 'services'),
  { apiGroups: [''], resources: ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'services/proxy'], verbs: [...READ, ...WRITE] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  read('', 'bindings', 'endpoints', 'events', 'limitranges', 'namespaces', 'namespaces/status', 'persistentvolumeclaims/status', 'pods/log',
    'pods/status', 'replicationcontrollers/status', 'resourcequotas', 'resourcequotas/status', 'services/status'),
  write('apps', 'daemonsets', 'deployments', 'deployments/rollback', 'deployments/scale', 'replicasets', 'replicasets/scale', 'statefulsets',
    'statefulsets/scale'),
  read('apps', 'controllerrevisions', 'daemonsets/status', 'deployments/status', 'replicasets/status', 'statefulsets/status'),
  write('autoscaling', 'horizontalpodautoscalers'),
  read('autoscaling', 'horizontalpodautoscalers/status'),
  write('batch', 'cronjobs', 'jobs'),
  read('batch', 'cronjobs/status', 'jobs/status'),
  write('coordination.k8s.io', 'leases'),
  read('discovery.k8s.io', 'endpointslices'),
  read('events.k8s.io', 'events'),
  write('networking.k8s.io', 'ingresses'),
  read('networking.k8s.io', 'ingresses/status', 'networkpolicies'),
  write('policy', 'poddisruptionbudgets'),
  read('policy', 'poddisruptionbudgets/status'),
];
