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
