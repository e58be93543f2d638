import { parse } from 'yaml';
import type { Located } from '../../../src/checks/finding';
import { filledIn } from '../../../src/checks/flux/filled-in';
import type { Manifest } from '../../../src/manifests/manifest';

const set = (files: Record<string, string>): Located[] => Object.entries(files).map(([file, text]) => (
  { object: parse(text) as Manifest, source: { file } }));

const sync = (name: string, path: string, postBuild: string) => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ${path}, sourceRef: { kind: GitRepository, name: flux-system }, postBuild: ${postBuild} }
`;
const map = (data: string, more = '') => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: m, namespace: shop ${more} }, data: ${data} }`;
/** What becomes of the data of `apps/m.yaml`. */
const dataOf = (files: Record<string, string>) => filledIn(set(files)).filter(({ source }) => source.file === 'apps/m.yaml').map(({ object }) => object.data as unknown);

describe('filledIn', () => {
  test('puts in what the Kustomization of the path says, as YAML that is read anew', () => {
    const files = {
      'flux/apps.yaml': sync('apps', './apps', '{ substitute: { office: 192.0.2.0/24, port: "8080", list: "[a, b]" } }'),
      'apps/m.yaml': map('{ cidr: "${office}", port: "${port}", text: "p-${port}", list: "${list}", nested: [{ at: "${office}" }] }'),
    };
    expect(dataOf(files)).toEqual([{ cidr: '192.0.2.0/24', port: 8080, text: 'p-8080', list: ['a', 'b'], nested: [{ at: '192.0.2.0/24' }] }]);
  });

  test('takes the default where nothing else is said, and none where a ConfigMap or Secret may say more', () => {
    const data = map('{ a: "${a:=one}", b: "${b:-two}", c: "${c}" }');
    expect(dataOf({ 'flux/apps.yaml': sync('apps', './apps', '{ substitute: { b: three } }'), 'apps/m.yaml': data }))
      .toEqual([{ a: 'one', b: 'three', c: '${c}' }]);
    expect(dataOf({ 'flux/apps.yaml': sync('apps', './apps', '{ substituteFrom: [{ kind: Secret, name: s }], substitute: { b: three } }'), 'apps/m.yaml': data }))
      .toEqual([{ a: '${a:=one}', b: 'three', c: '${c}' }]);
  });

  test('makes a copy for each Kustomization that says something else', () => {
    const files = {
      'flux/a.yaml': sync('a', './apps', '{ substitute: { team: a } }'),
      'flux/b.yaml': sync('b', './apps', '{ substitute: { team: b } }'),
      'flux/c.yaml': sync('c', './apps', '{ substitute: { team: b, other: c } }'),
      'apps/m.yaml': map('{ team: "${team}" }'),
    };
    expect(dataOf(files)).toEqual([{ team: 'a' }, { team: 'b' }]);
  });

  test.each([
    ['other files', './other', '{ substitute: { a: one } }', ''],
    ['what is told so', './apps', '{ substitute: { a: one } }', ', annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }'],
    ['a Kustomization without a variable', './apps', '{ substitute: {} }', ''],
  ])('leaves alone %s', (_what, path, postBuild, more) => {
    expect(dataOf({ 'flux/apps.yaml': sync('apps', path, postBuild), 'apps/m.yaml': map('{ a: "${a:=two}" }', more), 'other/x.yaml': map('{}') }))
      .toEqual([{ a: '${a:=two}' }]);
  });

  test('leaves alone what is plain text', () => {
    expect(dataOf({ 'flux/apps.yaml': sync('apps', './apps', '{ substitute: { a: one } }'), 'apps/m.yaml': map('{ a: "$${a}", b: "a: one" }') }))
      .toEqual([{ a: '$${a}', b: 'a: one' }]);
  });
});

describe('filledIn puts objects into the namespace', () => {
  const placed = (name: string, path: string, more: string) => `{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: ${name}, namespace: flux-system }, spec: { path: ${path}, sourceRef: { kind: GitRepository, name: flux-system }, ${more} } }`;
  const build = (more: string) => `{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, ${more} }`;
  const object = (kind: string, name: string, apiVersion = 'v1', more = '') => `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name} ${more} } }`;
  /** Where the object of a file is then, once for each copy. */
  const placesOf = (file: string, files: Record<string, string>) => filledIn(set(files)).filter(({ source }) => source.file === file)
    .map(({ object: { metadata: { namespace, name } } }) => `${namespace ?? ''}/${name}`);

  test.each([
    ['of a Pod without one', object('Pod', 'a'), 'shop/a'],
    ['of a Pod with another', object('Pod', 'a', 'v1', ', namespace: other'), 'shop/a'],
    ['of a kind that nobody knows', object('Rollout', 'a', 'argoproj.io/v1alpha1'), 'shop/a'],
    ['of a Namespace by its name', object('Namespace', 'a'), '/shop'],
    ['but not what lies in none', object('CiliumClusterwideNetworkPolicy', 'a', 'cilium.io/v2'), '/a'],
  ])('of a Flux Kustomization with targetNamespace: %s', (_what, text, expected) => {
    expect(placesOf('apps/a.yaml', { 'flux/a.yaml': placed('a', './apps', 'targetNamespace: shop'), 'apps/a.yaml': text })).toEqual([expected]);
    expect(placesOf('other/a.yaml', { 'flux/a.yaml': placed('a', './apps', 'targetNamespace: shop'), 'apps/b.yaml': text, 'other/a.yaml': object('Pod', 'a') })).toEqual(['/a']);
  });

  test('of each that applies them, with the values of that one', () => {
    const files = {
      'flux/a.yaml': placed('a', './apps', 'targetNamespace: shop, postBuild: { substitute: { name: one } }'),
      'flux/b.yaml': placed('b', './apps', 'targetNamespace: bank, postBuild: { substitute: { name: two } }'),
      'flux/c.yaml': placed('c', './apps', 'prune: true'),
      'apps/a.yaml': object('Pod', '"${name}"', 'v1', ', namespace: own'),
    };
    expect(placesOf('apps/a.yaml', files)).toEqual(['shop/one', 'bank/two', 'own/${name}']);
  });

  test('of the build file that lists them, and of none that does not', () => {
    const files = {
      'shop/kustomization.yaml': build('namespace: shop, resources: [a.yaml]'),
      'shop/a.yaml': object('Pod', 'a'),
      'shop/b.yaml': object('Pod', 'b'),
      'kustomization.yaml': build('resources: [shop]'),
    };
    expect(['shop/a.yaml', 'shop/b.yaml'].map(file => placesOf(file, files))).toEqual([['shop/a'], ['/b']]);
  });

  test('of the outermost build, of Flux before that, and of each side by side', () => {
    const files = {
      'base/kustomization.yaml': build('namespace: base, resources: [a.yaml]'),
      'base/a.yaml': object('Pod', 'a'),
      'prod/kustomization.yaml': build('namespace: prod, resources: [../base]'),
    };
    const staging = { 'staging/kustomization.yaml': build('namespace: staging, resources: [../base]') };
    expect(placesOf('base/a.yaml', files)).toEqual(['prod/a']);
    expect(placesOf('base/a.yaml', { ...files, ...staging })).toEqual(['prod/a', 'staging/a']);
    expect(placesOf('base/a.yaml', { ...files, ...staging, 'flux/a.yaml': placed('a', './staging', 'prune: true') })).toEqual(['staging/a']);
    expect(placesOf('base/a.yaml', { ...files, 'flux/a.yaml': placed('a', './prod', 'targetNamespace: flux') })).toEqual(['flux/a']);
  });

  test('and leaves alone what has no metadata', () => {
    const files = { 'flux/a.yaml': placed('a', './apps', 'targetNamespace: shop'), 'apps/a.yaml': '{ apiVersion: v1, kind: Pod }' };
    expect(filledIn(set(files)).at(-1)!.object).toEqual({ apiVersion: 'v1', kind: 'Pod' });
  });
});
