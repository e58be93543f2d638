import { basename } from 'node:path';
import { parse } from 'yaml';
import { check } from '../../../src/checks/check';
import type { Located } from '../../../src/checks/finding';
import { splitClusters } from '../../../src/checks/flux/split-clusters';
import { withoutPatches } from '../../../src/checks/flux/without-patches';
import type { Manifest } from '../../../src/manifests/manifest';
import { targetOf } from '../../../src/target/target-of';

const set = (files: Record<string, string>): Located[] => Object.entries(files).flatMap(([file, text]) => (
  text.split(/^---$/m).map(part => ({ object: parse(part) as Manifest, source: { file } }))));
const RULES = ['flux/NotApplied', 'flux/AppliedTwice', 'flux/CrdAfterObjects', 'flux/PathNotFound'];
const finds = (files: Record<string, string>) => check(set(files), targetOf()).filter(({ id }) => RULES.includes(id))
  .map(({ id, object, found }) => `${object.source.file} ${id.slice(5)}: ${found}`);

const sync = (name: string, path: string, more = '') => `{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: ${name}, namespace: flux-system }, spec: { interval: 10m, prune: true, wait: true, path: ${path}, sourceRef: { kind: GitRepository, name: flux-system } ${more} } }`;
const list = (...resources: string[]) => `{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resources: [${resources.join(', ')}] }`;
const map = (name: string) => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, namespace: shop }, data: {} }`;
const widget = '{ apiVersion: example.com/v1, kind: Widget, metadata: { name: web, namespace: shop } }';
const crd = '{ apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: widgets.example.com }, spec: { group: example.com, names: { kind: Widget } } }';

describe('flux/NotApplied', () => {
  test('a file that the kustomization.yaml above it does not name, in a folder of any depth', () => {
    expect(finds({ 'x/kustomization.yaml': list('a.yaml', 'sub/b.yaml'), 'x/a.yaml': map('a'), 'x/sub/b.yaml': map('b'), 'x/sub/c.yaml': map('c') }))
      .toEqual(['x/sub/c.yaml NotApplied: a file that x/kustomization.yaml does not name']);
  });

  test.each<[string, Record<string, string>]>([
    ['in the same folder', { 'kustomization.yaml': list('a.yaml'), 'a.yaml': map('a') }],
    ['with a dot', { 'x/kustomization.yaml': list('./a.yaml'), 'x/a.yaml': map('a') }],
    ['by its folder', { 'x/kustomization.yaml': list('sub/'), 'x/sub/a.yaml': map('a'), 'x/sub/kustomization.yaml': list('a.yaml') }],
    ['by an overlay of another folder', { 'over/kustomization.yaml': list('../base'), 'base/kustomization.yaml': list('a.yaml'), 'base/a.yaml': map('a') }],
    ['as a patch', { 'x/kustomization.yaml': list('a.yaml').replace('}', ', patches: [{ path: b.yaml }] }'), 'x/a.yaml': map('a'), 'x/b.yaml': map('a') }],
    ['by two that name each other', { 'a/kustomization.yaml': list('../b'), 'b/kustomization.yaml': list('../a', 'c.yaml'), 'b/c.yaml': map('c') }],
  ])('not a file that is named %s', (_, files) => expect(finds(files)).toEqual([]));

  test('a file below the path of no Kustomization, beside others', () => {
    const files = { 'clusters/a/apps.yaml': sync('apps', './apps/a'), 'apps/a/x.yaml': map('x'), 'apps/b/y.yaml': map('y'), 'docs/z.yaml': map('z') };
    expect(finds(files)).toEqual(['apps/b/y.yaml NotApplied: a file below the path of no Kustomization, beside others that are']);
  });

  test('not what Flux makes a list of itself, wherever the repository lies', () => {
    expect(finds({ '/repo/clusters/a/apps.yaml': sync('apps', 'apps/'), '/repo/apps/deep/down/x.yaml': map('x') })).toEqual([]);
  });

  test('not in a set without files, or without anything that says what is applied', () => {
    const objects = set({ 'a.yaml': list('b.yaml'), 'b.yaml': map('b') }).map(({ object }) => ({ object, source: {} }));
    expect(check(objects, targetOf()).filter(({ id }) => RULES.includes(id))).toEqual([]);
    expect(finds({ 'a/a.yaml': map('a'), 'b/b.yaml': map('b') })).toEqual([]);
  });
});

describe('flux/AppliedTwice', () => {
  test('a folder within a folder, and one folder twice', () => {
    expect(finds({ 'clusters/a/one.yaml': sync('one', './x'), 'clusters/a/two.yaml': sync('two', './x/y'), 'x/y/a.yaml': map('a') }))
      .toEqual(['x/y/a.yaml AppliedTwice: a file that Kustomization flux-system/one and Kustomization flux-system/two apply']);
    expect(finds({ 'clusters/a/one.yaml': sync('one', './x'), 'clusters/a/two.yaml': sync('two', './x'), 'x/a.yaml': map('a') })).toHaveLength(1);
  });

  test('not by two clusters, and not where a list names one folder only', () => {
    expect(finds({
      'clusters/a/apps.yaml': sync('apps-a', './apps/a'),
      'clusters/b/apps.yaml': sync('apps-b', './apps/b'),
      'apps/a/kustomization.yaml': list('../base'),
      'apps/b/kustomization.yaml': list('../base'),
      'apps/base/x.yaml': map('x'),
    })).toEqual([]);
    expect(finds({
      'clusters/a/one.yaml': sync('one', './x'),
      'clusters/a/two.yaml': sync('two', './x/y'),
      'x/kustomization.yaml': list('b.yaml'),
      'x/b.yaml': map('b'),
      'x/y/kustomization.yaml': list('a.yaml'),
      'x/y/a.yaml': map('a'),
    })).toEqual([]);
  });

  test('not where one applies the Kustomization that applies the other', () => {
    expect(finds({
      'clusters/a/flux-system/sync.yaml': sync('flux-system', './clusters/a'), 'clusters/a/apps.yaml': sync('apps', './apps'), 'apps/x.yaml': map('x'),
    })).toEqual([]);
  });
});

describe('flux/PathNotFound', () => {
  test('a path that is not there, though the folder around it is', () => {
    const files = { 'clusters/a/one.yaml': sync('one', './apps/one'), 'clusters/a/two.yaml': sync('two', './apps/tow'), 'apps/one/x.yaml': map('x') };
    expect(finds(files)).toEqual(['clusters/a/two.yaml PathNotFound: ./apps/tow, which is not here, while ./apps is']);
  });

  test('a tree that lies elsewhere is told once', () => {
    expect(finds({
      'copy/clusters/a/one.yaml': sync('one', './deploy/apps/one'),
      'copy/clusters/a/two.yaml': sync('two', './deploy/apps/two'),
      'copy/apps/one/x.yaml': map('x'),
      'copy/apps/two/y.yaml': map('y'),
    })).toEqual(['copy/clusters/a/one.yaml PathNotFound: ./deploy/apps/one, while the folder here is copy/apps/one, without deploy/ before it']);
  });

  test('a tree that is named from below the root of the repository lies where it should', () => {
    const here = basename(process.cwd());
    expect(finds({ 'clusters/a/one.yaml': sync('one', `./${here}/apps/one`), 'apps/one/x.yaml': map('x') })).toEqual([]);
    expect(finds({ 'clusters/a/one.yaml': sync('one', `./not-${here}/apps/one`), 'apps/one/x.yaml': map('x') })).toHaveLength(1);
  });

  test.each<[string, Record<string, string>]>([
    ['where the folder around it is not here either', { 'clusters/a/one.yaml': sync('one', './apps/one'), 'clusters/a/two.yaml': sync('two', './infra/two'), 'apps/one/x.yaml': map('x') }],
    ['in the repository of somebody else', {
      'clusters/a/one.yaml': sync('one', './apps/one'), 'clusters/a/two.yaml': sync('two', './apps/prod').replace('name: flux-system } ', 'name: shop } '), 'apps/one/x.yaml': map('x'),
    }],
    ['at the root', { 'clusters/a/one.yaml': sync('one', './apps/one'), 'clusters/a/two.yaml': sync('two', './'), 'apps/one/x.yaml': map('x') }],
    ['that a variable is in', { 'clusters/a/one.yaml': sync('one', './apps/one'), 'clusters/a/two.yaml': sync('two', '"./apps/${region}"'), 'apps/one/x.yaml': map('x') }],
    ['in a repository that lies in a folder', { 'repo/clusters/a/one.yaml': sync('one', './apps/one'), 'repo/apps/one/x.yaml': map('x') }],
    ['that ends like a folder, and is of a source with others that do not', {
      'clusters/a/one.yaml': sync('one', './deploy/apps/one'), 'clusters/a/two.yaml': sync('two', './elsewhere/two'), 'apps/one/x.yaml': map('x'),
    }],
  ])('not a path %s', (_, files) => expect(finds(files)).toEqual([]));
});

describe('flux/CrdAfterObjects', () => {
  const files = (more: string) => ({
    'clusters/a/crds.yaml': sync('crds', './crds'),
    'clusters/a/mid.yaml': sync('mid', './mid', ', dependsOn: [{ name: crds }]'),
    'clusters/a/apps.yaml': sync('apps', './apps', more),
    'crds/crd.yaml': crd,
    'apps/widget.yaml': widget,
    'mid/x.yaml': map('x'),
  });

  test('objects that do not wait for their definition', () => {
    const found = 'apps/widget.yaml CrdAfterObjects: Widget shop/web in Kustomization flux-system/apps, which does not wait for flux-system/crds, where its definition is';
    expect(finds(files(''))).toEqual([found]);
    expect(finds(files(', dependsOn: [{ name: other }]'))).toEqual([found]);
  });

  test('not those that wait, if only for one that waits, or lie beside it', () => {
    expect(finds(files(', dependsOn: [{ name: crds }]'))).toEqual([]);
    expect(finds(files(', dependsOn: [{ name: mid }]'))).toEqual([]);
    expect(finds({ 'clusters/a/apps.yaml': sync('apps', './apps'), 'apps/crd.yaml': crd, 'apps/widget.yaml': widget })).toEqual([]);
  });

  test('a circle has an end', () => {
    expect(finds({ ...files(', dependsOn: [{ name: mid }]'), 'clusters/a/mid.yaml': sync('mid', './mid', ', dependsOn: [{ name: apps }]') })).toHaveLength(1);
  });
});

describe('splitClusters', () => {
  const split = (files: Record<string, string>) => (
    splitClusters(set(files)).map(({ objects }) => objects.map(({ source }) => source.file).sort()));

  test('what each cluster applies is a set, with what clusters share in each of them', () => {
    expect(split({
      'clusters/a/apps.yaml': sync('apps', './apps/a'),
      'clusters/b/apps.yaml': sync('apps', './apps/b'),
      'apps/a/kustomization.yaml': list('../base', 'x.yaml'),
      'apps/a/x.yaml': map('x'),
      'apps/b/kustomization.yaml': list('../base'),
      'apps/b/forgotten.yaml': map('x'),
      'apps/base/y.yaml': map('y'),
      'docs/z.yaml': map('z'),
    })).toEqual([
      ['apps/a/kustomization.yaml', 'apps/a/x.yaml', 'apps/base/y.yaml', 'clusters/a/apps.yaml'],
      ['apps/b/forgotten.yaml', 'apps/b/kustomization.yaml', 'apps/base/y.yaml', 'clusters/b/apps.yaml'],
      ['docs/z.yaml'],
    ]);
  });

  test('a copy of the tree has the clusters of the tree', () => {
    expect(split({
      'copy/clusters/a/apps.yaml': sync('apps', './deploy/apps/a'),
      'copy/clusters/b/apps.yaml': sync('apps', './deploy/apps/b'),
      'copy/apps/a/x.yaml': map('x'),
      'copy/apps/b/x.yaml': map('x'),
    })).toEqual([['copy/apps/a/x.yaml', 'copy/clusters/a/apps.yaml'], ['copy/apps/b/x.yaml', 'copy/clusters/b/apps.yaml']]);
  });

  test('one cluster is one set, with everything', () => {
    expect(split({ 'clusters/a/apps.yaml': sync('apps', './apps'), 'clusters/b/x.yaml': map('x'), 'apps/x.yaml': map('x'), 'y.yaml': map('y') })).toHaveLength(1);
    expect(split({ 'a.yaml': map('a') })).toEqual([['a.yaml']]);
  });
});

describe('patches of kustomize', () => {
  const left = (files: Record<string, string>) => withoutPatches(set(files)).map(({ source }) => source.file);
  const build = (fields: string) => `{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, ${fields} }`;

  test.each([
    ['patches', build('patches: [{ path: patch.yaml, target: { kind: ConfigMap } }]')],
    ['patchesStrategicMerge', build('patchesStrategicMerge: [./patch.yaml]')],
    ['patchesJson6902', build('patchesJson6902: [{ target: { kind: ConfigMap, name: a, version: v1 }, path: patch.yaml }]')],
    ['patches of a component', build('patches: [{ path: patch.yaml }]').replace('Kustomization', 'Component')],
  ])('are no objects: %s', (_, kustomization) => {
    expect(left({ 'over/kustomization.yaml': kustomization, 'over/patch.yaml': map('a'), 'base/a.yaml': map('a') }))
      .toEqual(['over/kustomization.yaml', 'base/a.yaml']);
  });

  test.each<[string, Record<string, string>]>([
    ['a file of that name in another folder', { 'over/kustomization.yaml': build('patches: [{ path: patch.yaml }]'), 'base/patch.yaml': map('a') }],
    ['a patch that another build file takes as a resource', { 'a/kustomization.yaml': build('patches: [{ path: ../b/b.yaml }]'), 'b/kustomization.yaml': list('b.yaml'), 'b/b.yaml': map('b') }],
    ['a patch that is written in the build file', { 'kustomization.yaml': build('patches: [{ patch: a.yaml }], patchesStrategicMerge: ["kind: a"]'), 'a.yaml': map('a') }],
    ['what a Kustomization of Flux patches', { 'ks.yaml': sync('a', './a', ', patches: [{ patch: a.yaml, path: a.yaml }]'), 'a.yaml': map('a') }],
    ['hostile build files', { 'a/kustomization.yaml': build('patches: {}, patchesStrategicMerge: [{}, 1], patchesJson6902: [null]'), 'a/b.yaml': map('b') }],
  ])('leaves %s', (_, files) => expect(left(files)).toEqual(Object.keys(files)));

  test('neither double the object that they patch nor have to be whole', () => {
    const files = {
      'over/kustomization.yaml': build('resources: [../base], patches: [{ path: patch.yaml }]'),
      'over/patch.yaml': sync('a', './a').replace('interval: 10m, ', ''),
      'base/kustomization.yaml': list('a.yaml'),
      'base/a.yaml': sync('a', './a'),
    };
    const [cluster, ...more] = splitClusters(set(files));
    expect(more).toEqual([]);
    expect(check(cluster!.objects, targetOf()).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('identity/DuplicateObject', () => {
  const doubles = (files: Record<string, string>) => check(set(files), targetOf()).filter(({ id }) => id === 'identity/DuplicateObject')
    .map(({ object }) => object.source.file);
  const overlays = { 'over/a/kustomization.yaml': list('x.yaml'), 'over/a/x.yaml': map('x'), 'over/b/kustomization.yaml': list('x.yaml'), 'over/b/x.yaml': map('x') };

  test('objects of overlays that nothing applies together are two', () => expect(doubles(overlays)).toEqual([]));

  test.each<[string, Record<string, string>, string]>([
    ['one build file takes both', { ...overlays, 'all/kustomization.yaml': list('../over/a', '../over/b') }, 'over/b/x.yaml'],
    ['Flux applies both to one cluster', { ...overlays, 'clusters/c/apps.yaml': `${sync('a', './over/a')}\n---\n${sync('b', './over/b')}` }, 'over/b/x.yaml'],
    ['no build file is there', { 'a/x.yaml': map('x'), 'b/x.yaml': map('x') }, 'b/x.yaml'],
    ['both lie beside the build files', { ...overlays, 'c/y.yaml': map('y'), 'd/y.yaml': map('y') }, 'd/y.yaml'],
  ])('they are one where %s', (_, files, found) => expect(doubles(files)).toEqual([found]));
});
