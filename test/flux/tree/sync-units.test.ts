import * as fc from 'fast-check';
import { type Stage, STAGES } from '../../../src/flux/tree/stage';
import { dependencies, syncUnits } from '../../../src/flux/tree/sync-units';

const object = (stage: Stage, kind: string, name: string, namespace?: string) => ({
  stage, object: { apiVersion: 'v1', kind, metadata: { name, namespace } },
});
const repository = (stage: Stage, kind: string, name: string) => ({ ...object(stage, kind, name, name), isRepository: true });
const filed = (objects: ReturnType<typeof object>[], tenants: string[] = []) => Object.fromEntries(
  syncUnits(objects, new Set(tenants)).map(unit => [unit.folder, unit.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)]),
);

describe('syncUnits', () => {
  test('an object lies in its stage', () => {
    expect(filed(STAGES.map(stage => object(stage, 'X', stage, 'ns')))).toEqual({
      cni: ['X cni'], controllers: ['X controllers'], policies: ['X policies', 'X tenants'], apps: ['X apps'],
    });
  });

  test('what lies in a tenant\'s namespace is filed with the tenant, whatever stage it is from, and its apps apart', () => {
    const objects = [
      object('tenants', 'Namespace', 'shop'), object('policies', 'X', 'a', 'shop'), object('tenants', 'X', 'b', 'shop'), object('apps', 'X', 'c', 'shop'),
    ];
    expect(filed(objects, ['shop'])).toEqual({ 'tenants/shop': ['Namespace shop', 'X a', 'X b'], 'tenants/shop/apps': ['X c'] });
  });

  test('what tenants need besides is the platform\'s part', () => {
    expect(filed([object('tenants', 'ClusterRole', 'a'), object('tenants', 'X', 'half', 'kube-system')], ['shop']))
      .toEqual({ policies: ['ClusterRole a', 'X half'] });
  });

  test('nothing comes before its namespace', () => {
    expect(filed([object('policies', 'X', 'a', 'web'), object('tenants', 'X', 'half', 'web'), object('apps', 'Namespace', 'web'), object('apps', 'X', 'b', 'ops'),
      object('controllers', 'Namespace', 'ops')])).toEqual({ apps: ['X a', 'X half', 'Namespace web', 'X b'], controllers: ['Namespace ops'] });
  });

  test('a tenant\'s repository lies apart from its guard and its apps, wherever it was put', () => {
    const objects = [
      object('tenants', 'Namespace', 'shop'), repository('tenants', 'Kustomization', 'shop'), object('apps', 'X', 'a', 'shop'), repository('apps', 'Kustomization', 'web'),
    ];
    expect(filed(objects, ['shop'])).toEqual({
      'tenants/shop': ['Namespace shop'], 'tenants/shop/apps': ['X a'], 'tenants/shop/repository': ['Kustomization shop'], 'tenants/web/repository': ['Kustomization web'],
    });
  });

  test('every object is filed once, whatever the order of the program', () => {
    const some = fc.record({ stage: fc.constantFrom(...STAGES), namespace: fc.constantFrom(undefined, 'a', 'b', 'c'), isNamespace: fc.boolean() });
    fc.assert(fc.property(fc.array(some, { maxLength: 12 }), fc.uniqueArray(fc.constantFrom('a', 'b')), fc.nat(), (all, tenants, turn) => {
      const objects = all.map(({ stage, namespace, isNamespace }, index) => (
        isNamespace && namespace ? object(stage, 'Namespace', namespace) : object(stage, 'X', `${index}`, namespace)));
      // Two stages may not make one namespace: identities are unique in a cluster.
      fc.pre(new Set(objects.map(each => JSON.stringify([each.object]))).size === objects.length);
      const names = (units: Record<string, string[]>) => Object.entries(units).map(([folder, inside]) => [folder, inside.sort()]).sort();
      const shifted = [...objects.slice(turn % (objects.length + 1)), ...objects.slice(0, turn % (objects.length + 1))];
      expect(names(filed(objects, tenants))).toEqual(names(filed(shifted, tenants)));
      expect(Object.values(filed(objects, tenants)).flat()).toHaveLength(objects.length);
    }));
  });
});

describe('dependencies', () => {
  const waits = (objects: ReturnType<typeof object>[], tenants: string[] = []) => {
    const units = syncUnits(objects, new Set(tenants));
    return Object.fromEntries([...dependencies(units)].map(([unit, before]) => [unit.name, before.name]));
  };

  test('stages wait for each other, tenants for the policies, and the apps of a tenant for that tenant', () => {
    const objects = [
      ...STAGES.map(stage => object(stage, 'X', stage, 'ns')),
      object('tenants', 'X', 'a', 'shop'), object('tenants', 'X', 'a', 'bank'), object('apps', 'X', 'b', 'shop'),
    ];
    expect(waits(objects, ['shop', 'bank'])).toEqual({
      'controllers': 'cni', 'policies': 'controllers', 'tenant-bank': 'policies', 'tenant-shop': 'policies', 'apps-shop': 'tenant-shop', 'apps': 'policies',
    });
  });

  test('a repository waits for the tenant, or for what makes its namespace, and nothing waits for it', () => {
    const objects = [
      object('policies', 'X', 'a'), object('tenants', 'Namespace', 'shop'), repository('tenants', 'Kustomization', 'shop'), object('apps', 'X', 'a', 'shop'),
      object('apps', 'Namespace', 'web'), repository('apps', 'Kustomization', 'web'), repository('apps', 'Kustomization', 'elsewhere'),
    ];
    expect(waits(objects, ['shop'])).toEqual({
      'tenant-shop': 'policies', 'apps-shop': 'tenant-shop', 'repository-shop': 'tenant-shop', 'apps': 'policies', 'repository-web': 'apps', 'repository-elsewhere': 'policies',
    });
  });

  test('a stage that is empty is passed over', () => {
    expect(waits([object('cni', 'X', 'a'), object('tenants', 'X', 'a', 'shop'), object('apps', 'X', 'a', 'web')], ['shop']))
      .toEqual({ 'tenant-shop': 'cni', 'apps': 'cni' });
    expect(waits([object('apps', 'X', 'a', 'shop')], ['shop'])).toEqual({});
  });

  test('a list of units is in an order in which each comes after what it waits for', () => {
    const units = syncUnits([...STAGES].reverse().flatMap(stage => [object(stage, 'X', 'a', 'shop'), object(stage, 'X', 'a')]), new Set(['shop']));
    for (const [unit, before] of dependencies(units)) expect(units.indexOf(before)).toBeLessThan(units.indexOf(unit));
  });
});
