import { objectsOf } from './support';
import { FluxTenant, type FluxTenantProps, type PlatformProps, RemovalPolicy, TenantNamespace, TenantRole } from '../../src';
import { check } from '../../src/check';
import type { Manifest } from '../support/synth';

const git = { url: 'https://git.example.com/payments/deploy', branch: 'main' };
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
const RELEASES = [['helm.toolkit.fluxcd.io', 'helmreleases'], ['source.toolkit.fluxcd.io', 'helmrepositories'], ['source.toolkit.fluxcd.io', 'ocirepositories']];

interface Rule { apiGroups: string[]; resources: string[]; verbs: string[] }
interface Subject { kind: string; name: string; namespace?: string }

/** Whether RBAC lets a subject do this in the namespace. */
function can(objects: Manifest[], subject: Subject, verb: string, group: string, resource: string): boolean {
  const bound = objects.filter(({ kind, subjects, metadata }) => kind === 'RoleBinding' && metadata.namespace === 'payments'
    && (subjects as Subject[]).some(({ kind: type, name }) => type === subject.kind && name === subject.name));
  const rules = bound.flatMap(({ roleRef }) => objects
    .filter(({ kind, metadata }) => kind === roleRef.kind && metadata.name === roleRef.name && [undefined, 'payments'].includes(metadata.namespace))
    .flatMap(role => role.rules as Rule[]));
  return rules.some(({ apiGroups, resources, verbs }) => apiGroups.includes(group) && resources.includes(resource) && verbs.includes(verb));
}

const tenant = (helmReleases?: boolean) => objectsOf(chart => {
  new TenantRole(chart, 'tenant-role');
  new TenantNamespace(chart, 'payments', { team: 'payments', removal: RemovalPolicy.RETAIN, editors: ['oidc:payments'], gitops: { git, helmReleases } });
});
const own = (props: Partial<FluxTenantProps>, platform?: PlatformProps) => objectsOf(chart => {
  new TenantRole(chart, 'tenant-role');
  new FluxTenant(chart, 'tenant', { namespace: 'payments', git, ...props });
}, platform);
const deployer: Subject = { kind: 'ServiceAccount', name: 'deployer' };
const people: Subject = { kind: 'Group', name: 'oidc:payments' };

describe('HelmReleases in a tenant\'s repository', () => {
  test.each(RELEASES)('asked for: what applies the repository may write %s %s, and the tenant\'s people may not', (group, resource) => {
    const objects = tenant(true);
    expect(VERBS.filter(verb => !can(objects, deployer, verb, group!, resource!))).toEqual([]);
    expect(VERBS.filter(verb => can(objects, people, verb, group!, resource!))).toEqual([]);
    expect(can(objects, people, 'create', 'apps', 'deployments')).toBe(true);
  });

  test.each(RELEASES)('not asked for: nobody may write %s %s', (group, resource) => {
    for (const objects of [tenant(), tenant(false)]) {
      expect(VERBS.filter(verb => [deployer, people].some(subject => can(objects, subject, verb, group!, resource!)))).toEqual([]);
    }
  });

  test.each([
    ['kustomize.toolkit.fluxcd.io', 'kustomizations'], ['source.toolkit.fluxcd.io', 'gitrepositories'], ['source.toolkit.fluxcd.io', 'buckets'],
    ['notification.toolkit.fluxcd.io', 'receivers'], ['image.toolkit.fluxcd.io', 'imageupdateautomations'],
    ['rbac.authorization.k8s.io', 'roles'], ['networking.k8s.io', 'networkpolicies'],
  ])('give no right to write %s %s', (group, resource) => {
    expect(['create', 'update', 'patch', 'delete'].filter(verb => can(tenant(true), deployer, verb, group, resource))).toEqual([]);
  });

  test.each([['the account that is made', {}, 'flux'], ['one that exists', { serviceAccountName: 'robot' }, 'robot']])('are for %s', (_, props, name) => {
    expect(can(own({ ...props, helmReleases: true }), { kind: 'ServiceAccount', name }, 'patch', 'helm.toolkit.fluxcd.io', 'helmreleases')).toBe(true);
    expect(can(own(props), { kind: 'ServiceAccount', name }, 'patch', 'helm.toolkit.fluxcd.io', 'helmreleases')).toBe(false);
  });

  test('are refused while Flux is not locked down', () => {
    expect(() => own({ helmReleases: true }, { fluxLockdown: false })).toThrow(/chart\/tenant \(FluxTenant\): helmReleases: given true; allowed: none while Flux is not locked down/);
    expect(() => own({ helmReleases: false }, { fluxLockdown: false })).not.toThrow();
  });

  test('have nothing that the checks would tell of', () => {
    const ids = (objects: Manifest[]) => new Set(check(objects).map(({ id }) => id));
    expect(ids(tenant(true))).toEqual(ids(tenant()));
  });
});
