import { Chart } from 'cdk8s';
import { clusterObjects, only } from './support';
import { Platform, RemovalPolicy, TenantNamespace, TenantRole } from '../../src';
import { manifests, testApp, testChart } from '../support/synth';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const READ_WRITE = [...READ, ...WRITE];
const VERBS = [...READ_WRITE, 'impersonate', 'bind', 'escalate', 'approve', 'use'];

/**
 * What `edit` gives, `view` included, as the bootstrap policy of Kubernetes has it since 1.33. The group `extensions` and
 * `deployments/rollback`, which no API server serves any more, are left out.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go
 */
const EDIT: [apiGroup: string, resources: string, verbs: string[]][] = [
  ['', 'pods pods/attach pods/exec pods/portforward pods/proxy', READ_WRITE],
  ['', 'configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale', READ_WRITE],
  ['', 'secrets serviceaccounts services services/proxy', READ_WRITE],
  ['', 'serviceaccounts', ['impersonate']],
  ['', 'serviceaccounts/token pods/eviction', ['create']],
  ['', 'bindings endpoints limitranges namespaces namespaces/status persistentvolumeclaims/status pods/log pods/status', READ],
  ['', 'replicationcontrollers/status resourcequotas resourcequotas/status services/status', READ],
  ['apps', 'daemonsets deployments deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale', READ_WRITE],
  ['apps', 'controllerrevisions daemonsets/status deployments/status replicasets/status statefulsets/status', READ],
  ['autoscaling', 'horizontalpodautoscalers', READ_WRITE],
  ['autoscaling', 'horizontalpodautoscalers/status', READ],
  ['batch', 'cronjobs jobs', READ_WRITE],
  ['batch', 'cronjobs/status jobs/status', READ],
  ['coordination.k8s.io', 'leases', READ_WRITE],
  ['discovery.k8s.io', 'endpointslices', READ],
  ['networking.k8s.io', 'ingresses networkpolicies', READ_WRITE],
  ['networking.k8s.io', 'ingresses/status', READ],
  ['policy', 'poddisruptionbudgets', READ_WRITE],
  ['policy', 'poddisruptionbudgets/status', READ],
  ['resource.k8s.io', 'resourceclaims resourceclaimtemplates', READ_WRITE],
  ['resource.k8s.io', 'resourceclaims/status', READ],
];

/** What the tenant role holds back, and nothing else. */
const HELD_BACK = [
  ...WRITE.map(verb => `${verb} networking.k8s.io networkpolicies`),
  'impersonate  serviceaccounts',
  'create  serviceaccounts/token',
];

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

const rules: Rule[] = only(clusterObjects({}, () => {}), 'ClusterRole').rules;

/** Whether RBAC lets a subject with the role do this. */
function can(verb: string, apiGroup: string, resource: string): boolean {
  const has = (list: string[], item: string) => list.includes('*') || list.includes(item);
  return rules.some(rule => has(rule.apiGroups, apiGroup) && has(rule.resources, resource) && has(rule.verbs, verb));
}

describe('TenantRole', () => {
  const edit = EDIT.flatMap(([group, resources, verbs]) => (
    resources.split(' ').flatMap(resource => verbs.map(verb => `${verb} ${group} ${resource}`))
  ));

  test('gives what `edit` gives but for what it holds back', () => {
    const missing = edit.filter(right => !can(...right.split(' ') as [string, string, string]));
    expect(missing.sort()).toEqual([...HELD_BACK].sort());
  });

  test('gives nothing that `edit` does not give', () => {
    const given = rules.flatMap(rule => rule.apiGroups.flatMap(group => (
      rule.resources.flatMap(resource => rule.verbs.map(verb => `${verb} ${group} ${resource}`))
    )));
    expect(given.filter(right => !edit.includes(right))).toEqual([]);
    expect(new Set(given).size).toBe(given.length);
  });

  test.each([
    ['networking.k8s.io', 'networkpolicies'],
    ['extensions', 'networkpolicies'],
    ['policy.networking.k8s.io', 'adminnetworkpolicies'],
    ['cilium.io', 'ciliumnetworkpolicies'],
    ['cilium.io', 'ciliumclusterwidenetworkpolicies'],
    ['cilium.io', 'ciliumcidrgroups'],
    ['cilium.io', 'ciliumegressgatewaypolicies'],
    ['kustomize.toolkit.fluxcd.io', 'kustomizations'],
    ['helm.toolkit.fluxcd.io', 'helmreleases'],
    ['source.toolkit.fluxcd.io', 'gitrepositories'],
    ['source.toolkit.fluxcd.io', 'ocirepositories'],
    ['notification.toolkit.fluxcd.io', 'receivers'],
    ['image.toolkit.fluxcd.io', 'imageupdateautomations'],
    ['kyverno.io', 'policies'],
    ['kyverno.io', 'policyexceptions'],
    ['policies.kyverno.io', 'policyexceptions'],
    ['rbac.authorization.k8s.io', 'roles'],
    ['rbac.authorization.k8s.io', 'rolebindings'],
    ['', 'resourcequotas'],
    ['', 'limitranges'],
    ['', 'namespaces'],
    ['', 'endpoints'],
    ['discovery.k8s.io', 'endpointslices'],
  ])('cannot write %s %s, which would undo the guard', (apiGroup, resource) => {
    expect(VERBS.filter(verb => !READ.includes(verb)).filter(verb => can(verb, apiGroup, resource))).toEqual([]);
  });

  test('can read the NetworkPolicies that hold for it', () => {
    expect(READ.every(verb => can(verb, 'networking.k8s.io', 'networkpolicies'))).toBe(true);
  });

  test('is aggregated to no other role and from none, so that nothing is added to it later', () => {
    const role = only(clusterObjects({}, () => {}), 'ClusterRole');
    expect(Object.keys(role).sort()).toEqual(['apiVersion', 'kind', 'metadata', 'rules']);
    expect(role.metadata).toEqual({ name: 'tenant-edit' });
  });

  test('has no namespace, also in a chart that has one', () => {
    const chart = new Chart(testApp(), 'roles', { namespace: 'payments' });
    const { apiObject } = new TenantRole(chart, 'role', { name: 'team-edit' });
    expect(apiObject.toJson().metadata).toEqual({ name: 'team-edit' });
  });

  test.each(['admin', 'cluster-admin', 'edit', 'view'])('does not take the name of the built-in %s', name => {
    expect(() => new TenantRole(testChart(), 'role', { name })).toThrow(/test\/role \(TenantRole\): name: given ".*"; allowed: any name but admin,/);
  });

  test('is made once for a cluster', () => {
    const chart = testChart();
    new TenantRole(chart, 'one');
    expect(() => new TenantRole(chart, 'two')).toThrow(/test\/two \(TenantRole\).*ClusterRole tenant-edit, which test\/one \(TenantRole\) makes already/);
    expect(() => new TenantRole(chart, 'three', { name: 'tenant-edit-v2' })).not.toThrow();
  });
});

describe('a tenant without a role given', () => {
  const props = { team: 'payments', removal: RemovalPolicy.RETAIN };

  test('needs a TenantRole in its cluster', () => {
    const app = testApp();
    new TenantNamespace(new Chart(app, 'tenants'), 'payments', props);
    expect(() => manifests(app)).toThrow(/tenants\/payments \(TenantNamespace\): role: given none.*no TenantRole tenant-edit.*new TenantRole\(chart,/s);
  });

  test('is content with one that is made after it, in another chart', () => {
    const app = testApp();
    new TenantNamespace(new Chart(app, 'tenants'), 'payments', props);
    new TenantRole(new Chart(app, 'cluster'), 'role');
    expect(() => manifests(app)).not.toThrow();
  });

  test('is not content with the TenantRole of another name or of another cluster', () => {
    const app = testApp();
    const clusters = ['a', 'b'].map(name => {
      const chart = new Chart(app, name);
      new Platform(chart, 'platform');
      return chart as Chart;
    });
    new TenantNamespace(clusters[0]!, 'payments', props);
    new TenantRole(clusters[0]!, 'role', { name: 'team-edit' });
    new TenantRole(clusters[1]!, 'role');
    expect(() => manifests(app)).toThrow(/a\/payments \(TenantNamespace\): role: given none/);
  });

  test('a role that is named may come from anywhere, also the default one', () => {
    for (const role of ['tenant-edit', 'team-edit']) {
      const app = testApp();
      new TenantNamespace(new Chart(app, 'tenants'), 'payments', { ...props, role });
      expect(only(manifests(app), 'RoleBinding').roleRef.name).toBe(role);
    }
  });
});

describe('more rights', () => {
  const role = (apiGroups: string[], resources: string[], verbs: string[]) => () => {
    const chart = testChart();
    new TenantRole(chart, 'role', { rules: [{ apiGroups, resources, verbs }] });
    return manifests(chart.node.root as ReturnType<typeof testApp>)[0]!.rules.at(-1);
  };

  test('on kinds that tenants need are added', () => {
    expect(role(['gateway.networking.k8s.io'], ['httproutes'], ['get', 'create'])())
      .toEqual({ apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'], verbs: ['get', 'create'] });
    expect(role(['cilium.io'], ['ciliumnetworkpolicies'], ['get', 'list', 'watch'])).not.toThrow();
  });

  test.each([
    ['NetworkPolicies', ['networking.k8s.io'], ['networkpolicies']],
    ['quotas', [''], ['resourcequotas']],
    ['Cilium', ['cilium.io'], ['ciliumnetworkpolicies']],
    ['Kyverno', ['kyverno.io'], ['policies']],
    ['Flux', ['kustomize.toolkit.fluxcd.io'], ['kustomizations']],
    ['roles', ['rbac.authorization.k8s.io'], ['rolebindings']],
    ['every group', ['*'], ['widgets']],
    ['every resource', ['example.com'], ['*']],
    ['a subresource of every resource', ['example.com'], ['*/status']],
    ['the labels of the namespace', [''], ['namespaces']],
    ['endpoints, which proxies follow', [''], ['endpoints']],
    ['slices of endpoints', ['discovery.k8s.io'], ['widgets', 'endpointslices']],
  ])('to write %s are refused', (_, groups, resources) => {
    expect(role(groups, resources, ['create'])).toThrow(/test\/role \(TenantRole\): rules: given/);
    expect(role(groups, resources, ['get', 'list'])).not.toThrow();
  });

  test.each<[string, any, any, any, RegExp]>([
    ['no verb', [''], ['pods'], [], /rules verbs: given \[\]; allowed: a list of at least one name/],
    ['no group, which is not the core group', [], ['pods'], ['get'], /rules apiGroups: given \[\]/],
    ['a text for a list', '', ['pods'], ['get'], /rules\[0\]\.apiGroups: given ""; allowed: a list/],
    ['no resources', [''], undefined, ['get'], /rules\[0\]\.resources: given nothing/],
  ])('with %s are refused as the API server would', (_, groups, resources, verbs, message) => {
    expect(role(groups, resources, verbs)).toThrow(message);
  });
});
