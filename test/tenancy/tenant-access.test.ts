import { makeTenant, only, tenantObjects } from './support';

const RBAC = 'rbac.authorization.k8s.io';
const bindings = (props: Parameters<typeof tenantObjects>[0]) => tenantObjects(props).filter(({ kind }) => kind === 'RoleBinding');

describe('the people and the deployer of a tenant', () => {
  test('nobody but the deployer gets in unless told', () => {
    expect(bindings({}).map(({ metadata, roleRef, subjects }) => ({ name: metadata.name, roleRef, subjects }))).toEqual([{
      name: 'deployer',
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'tenant-edit' },
      subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'payments' }],
    }]);
  });

  test('editors get the role of the deployer, viewers the built-in view, each group once', () => {
    const objects = tenantObjects({ editors: ['oidc:payments', 'oidc:leads', 'oidc:payments'], viewers: ['oidc:support'] });
    const group = (name: string) => ({ apiGroup: RBAC, kind: 'Group', name });
    expect(only(objects, 'RoleBinding', 'editors')).toMatchObject({
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'tenant-edit' }, subjects: [group('oidc:leads'), group('oidc:payments')],
    });
    expect(only(objects, 'RoleBinding', 'viewers')).toMatchObject({
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'view' }, subjects: [group('oidc:support')],
    });
  });

  test('empty lists bind nobody', () => {
    expect(bindings({ editors: [], viewers: [] })).toHaveLength(1);
  });

  test('another role is for the editors and the deployer, and not for the viewers', () => {
    const roles = bindings({ role: 'team:edit', editors: ['a'], viewers: ['b'] }).map(({ metadata, roleRef }) => [metadata.name, roleRef.name]);
    expect(Object.fromEntries(roles)).toEqual({ deployer: 'team:edit', editors: 'team:edit', viewers: 'view' });
  });

  test('the role of a binding cannot be changed in place, so Flux may make it anew', () => {
    for (const { metadata } of bindings({ editors: ['a'], viewers: ['b'] })) {
      expect(metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/force': 'Enabled' });
    }
  });

  test('no service account of the tenant hands its token to pods that do not ask for it', () => {
    const accounts = tenantObjects({ deployer: 'flux' }).filter(({ kind }) => kind === 'ServiceAccount');
    expect(accounts.map(({ metadata, automountServiceAccountToken }) => [metadata.name, automountServiceAccountToken]))
      .toEqual([['default', false], ['flux', false]]);
  });

  test('another deployer is the one that is bound', () => {
    expect(only(tenantObjects({ deployer: 'flux' }), 'RoleBinding', 'deployer').subjects)
      .toEqual([{ kind: 'ServiceAccount', name: 'flux', namespace: 'payments' }]);
  });

  test.each([
    [{ role: 'cluster-admin' }, /role: given "cluster-admin"; allowed: a role that ends at the namespace. Leave `role` out and create a TenantRole/],
    [{ role: '' }, /role: given ""; allowed: the name of a ClusterRole/],
    [{ role: 'a/b' }, /role: given "a\/b"/],
    [{ deployer: 'default' }, /deployer: given "default"; .*run as `default`: take another one/],
    [{ deployer: 'Deployer' }, /deployer: given "Deployer"; .*Write 'deployer'/],
    [{ editors: ['a', ''] }, /editors: given ""; allowed: names of groups/],
    [{ editors: ['*'] }, /editors: given "\*"; .*Name the groups: a star stands for nobody/],
    [{ editors: ['oidc:a\n'] }, /editors: given "oidc:a\\n"; .*Take out the line break/],
    [{ viewers: ['oidc:a\nb'] }, /viewers: given "oidc:a\\nb"/],
    [{ viewers: [' oidc:a'] }, /viewers: given " oidc:a"/],
    [{ viewers: [' '] }, /viewers: given " "; allowed: names of groups/],
    [{ viewers: [''] }, /viewers: given ""; allowed: names of groups/],
    [{ editors: ['oidc:a', 'system:authenticated'] }, /editors: given "system:authenticated"; allowed: groups of people/],
    [{ viewers: ['system:unauthenticated'] }, /viewers: given "system:unauthenticated"/],
    [{ viewers: ['system:serviceaccounts'] }, /viewers: given "system:serviceaccounts"/],
    [{ editors: ['system:masters'] }, /editors: given "system:masters"/],
    [{ editors: 'oidc:payments' as any }, /editors: given "oidc:payments"; allowed: a list/],
    [{ editors: [null] as any }, /editors\[0\]: given null/],
    [{ role: 'system:node' }, /role: given "system:node"; allowed: a role for people/],
    [{ role: 7 as any }, /role: given 7; allowed: a text/],
    [{ role: ['edit'] as any }, /role: given \["edit"\]/],
    [{ role: null as any }, /role: given null/],
    [{ role: '..' }, /role: given "\.\."/],
  ])('%j is refused', (props, message) => {
    expect(() => makeTenant(props)).toThrow(message);
    expect(() => makeTenant(props)).toThrow(/^tenants\/payments \(TenantNamespace\): /);
  });

  test.each(['edit', 'admin'])('the built-in %s, with which Flux is opened, wants Flux locked down', role => {
    expect(() => makeTenant({ role }, { fluxLockdown: false }))
      .toThrow(/role: given ".*"; allowed: a role that cannot write Flux's kinds.*TenantRole.*`fluxLockdown: false`/);
    expect(() => makeTenant({ role })).not.toThrow();
    expect(() => makeTenant({}, { fluxLockdown: false })).not.toThrow();
  });
});
