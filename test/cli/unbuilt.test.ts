import { ALLOW, Folder, guardrails, TENANTS } from './support';

const folder = new Folder();
const build = (more = '') => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [all.yaml]\n${more}`;
const put = (path: string, text: string, name = 'kustomization.yaml') => {
  folder.put(`${path}/all.yaml`, TENANTS + ALLOW);
  folder.put(`${path}/${name}`, text);
  return folder.at(path);
};
const question = ['--from', 'shop/web', '--to', 'bank/api', '--port', '8080'];
const patched = put('patched', build('patches: [{ path: patch.yaml }]\n'));

test.each<[string, string[]]>([['map', []], ['explain', question], ['test', ['--init']], ['check', []]])('%s says that kustomize was not asked, and how to', async (command, more) => {
  const { stderr } = await guardrails(command, patched, ...more);
  expect(stderr).toContain(`note: ${patched}/kustomization.yaml is not built: files are read as they lie there, without patches`);
  expect(stderr).toContain(`\`kustomize build ${patched} | guardrails ${command} -\``);
});

test('diff says so of both sides', async () => {
  const { stderr } = await guardrails('diff', patched, put('patched-too', build('namePrefix: a-\n')));
  expect(stderr).toContain('patched/kustomization.yaml is not built');
  expect(stderr).toContain('patched-too/kustomization.yaml is not built');
  expect(stderr).toContain(`compare what \`kustomize build ${patched} > FILE\` writes before and after`);
});

test('once for all of them', async () => {
  put('many/a', build('images: [{ name: app, newTag: v2 }]\n'));
  put('many/b', build('namespace: b\n'));
  expect((await guardrails('map', folder.at('many'))).stderr).toContain('many/a/kustomization.yaml and 1 more are not built');
});

test.each([
  ['of what has no kind', 'resources: [all.yaml]\nnamePrefix: a-\n'],
  ['of what is elsewhere', build().replace('all.yaml', 'https://example.com/base')],
  ['of what was not read', build().replace('all.yaml', '../base')],
  ['of a component', build('configMapGenerator: [{ name: a }]\n').replace('Kustomization', 'Component')],
])('also %s', async (name, text) => {
  expect((await guardrails('map', put(name, text))).stderr).toContain('kustomization.yaml is not built');
});

test.each<[string, string]>([
  ['lists files', build()],
  ['lists files and has no kind', 'resources: [all.yaml]\n'],
  ['is of Flux itself', `${build('patches: [{ target: { kind: Deployment }, patch: "" }]\n').replace('all.yaml', 'gotk-components.yaml')}`],
])('nothing is said of one that %s', async (name, text) => {
  expect((await guardrails('map', put(name, text))).stderr).toBe('');
});

test('nor of one that lists a folder', async () => {
  put('listing/base', build());
  put('listing/overlay', build().replace('all.yaml', '../base/'));
  expect((await guardrails('map', folder.at('listing'))).stderr).not.toContain('not built');
});

test('a chart is not rendered, and its templates are left out', async () => {
  folder.put('chart/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0\n');
  folder.put('chart/values.yaml', 'replicas: 1\n');
  folder.put('chart/crds/all.yaml', TENANTS);
  folder.put('chart/templates/policy.yaml', '{{ if .Values.on }}\nkind: NetworkPolicy\n{{ end }}\n');
  const { code, stderr } = await guardrails('map', folder.at('chart'));
  expect(code).toBe(0);
  expect(stderr).toContain(`chart/Chart.yaml is not rendered: files are read as they lie there; \`helm template ${folder.at('chart')} | guardrails map -\``);
  expect(stderr).toContain('chart/templates/policy.yaml is left out, at least in part: templates are no YAML before they are rendered');
});
