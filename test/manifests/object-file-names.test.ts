import * as fc from 'fast-check';
import type { Manifest } from '../../src/manifests/manifest';
import { objectFileNames, safeName } from '../../src/manifests/object-file-names';
import { isTreePath } from '../../src/manifests/tree-file';

const object = (kind: string, name: string, namespace?: string, apiVersion = 'v1'): Manifest => ({ apiVersion, kind, metadata: { name, namespace } });
const names = (objects: Manifest[], home?: string) => [...objectFileNames(objects, 'staging (tree)', home).values()];

describe('objectFileNames', () => {
  test('puts objects into the folder of their namespace, and cluster-scoped ones beside it', () => {
    expect(names([object('NetworkPolicy', 'allow-dns', 'shop'), object('ClusterRole', 'tenant')])).toEqual(['shop/networkpolicy-allow-dns.yaml', 'clusterrole-tenant.yaml']);
  });

  test('leaves out the namespace that the folder is about', () => {
    expect(names([object('Namespace', 'shop'), object('Role', 'a', 'shop'), object('Role', 'a', 'bank')], 'shop'))
      .toEqual(['namespace-shop.yaml', 'role-a.yaml', 'bank/role-a.yaml']);
  });

  test('names that some file system would not take or would take for another are spelt out', () => {
    expect(names([object('ClusterRole', 'system:node'), object('ClusterRole', 'A'), object('ClusterRole', 'a'), object('ClusterRole', 'a_b')]))
      .toEqual(['clusterrole-system_3anode.yaml', 'clusterrole-_41.yaml', 'clusterrole-a.yaml', 'clusterrole-a_5fb.yaml']);
    expect(names([object('Role', 'a', 'aux'), object('Role', 'a', 'nul')])).toEqual(['aux_/role-a.yaml', 'nul_/role-a.yaml']);
  });

  test('kinds of one name from two groups get their groups, in any order', () => {
    const flux = object('Kustomization', 'apps', 'x', 'kustomize.toolkit.fluxcd.io/v1');
    const build = object('Kustomization', 'apps', 'x', 'kustomize.config.k8s.io/v1beta1');
    const core = object('Kustomization', 'apps', 'x');
    expect(names([flux, core, build])).toEqual([
      'x/kustomization.kustomize.toolkit.fluxcd.io-apps.yaml', 'x/kustomization.core-apps.yaml', 'x/kustomization.kustomize.config.k8s.io-apps.yaml',
    ]);
    expect(names([build, core, flux])).toEqual(names([flux, core, build]).reverse());
  });

  test('two objects that are one to the API server are refused, whatever their versions', () => {
    const twins = [object('Ingress', 'a', 'x', 'networking.k8s.io/v1'), object('Ingress', 'a', 'x', 'networking.k8s.io/v1beta1')];
    expect(() => names(twins)).toThrow('staging (tree): Ingress x/a: given two objects of that group, kind, namespace and name; allowed: one.');
  });

  test('a name that no file system takes is cut, and keeps apart from others that are cut', () => {
    const [a, b] = names([object('CustomResourceDefinition', `${'x'.repeat(240)}a`), object('CustomResourceDefinition', `${'x'.repeat(240)}b`)]);
    expect(a).not.toBe(b);
    expect(a!.length).toBeLessThan(255);
  });
});

test('different names give different paths that every file system takes, also where case does not count', () => {
  const name = fc.oneof(fc.string({ unit: fc.constantFrom(...'aAb.:_-/é') }), fc.constantFrom('con', 'CON', 'a.', '.a', '..', 'x'.repeat(300), `${'x'.repeat(300)}y`))
    .filter(text => text !== '');
  fc.assert(fc.property(name, name, (a, b) => {
    expect(isTreePath(safeName(a))).toBe(true);
    expect(safeName(a).toLowerCase() === safeName(b).toLowerCase()).toBe(a === b);
  }), { numRuns: 2000 });
});
