import { documents, findings, names } from '../kubernetes/finds';

const finds = (...objects: string[]) => names('flux', documents(...objects));
const kustomization = (name: string, spec = '', namespace = 'flux-system') =>
  `{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: ${name}, namespace: ${namespace} }, spec: { interval: 10m, prune: true, ${spec} } }`;
const release = (spec: string) => `{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: { name: a, namespace: shop }, spec: { interval: 10m, upgrade: { crds: Skip }, ${spec} } }`;
const text = (value: string, metadata = '') => `{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: b, ${metadata} }, data: { x: '${value}' } }`;

describe('substitution', () => {
  const build = (postBuild: string) => kustomization('a', `path: ./apps, postBuild: { ${postBuild} }`);
  const under = (file: string, ...objects: string[]) => findings('flux', documents(...objects), {}, file).map(({ id }) => id.slice(5));
  const substitute = build('substitute: { cluster: a }');

  test.each(['${1}:9100', '${{ github.sha }}', '${other}', '${schema.spec.name}', 'a$$', 'echo $$', '${'])('takes %s', value => {
    expect(under('repo/apps/web/a.yaml', substitute, text(value))).toEqual(['SubstitutionTakesText']);
  });

  test.each(['${cluster}', '${region:=eu}', '${region:-eu}', '$${1}', '$(POD_IP)', '{{ request.name }}', '^/v1/.*$', '$1'])('leaves %s alone', value => {
    expect(under('repo/apps/web/a.yaml', substitute, text(value))).toEqual([]);
  });

  test.each([
    ['another folder', 'repo/other/a.yaml', substitute, text('${1}')],
    ['a folder that only begins alike', 'repo/apps-old/a.yaml', substitute, text('${1}')],
    ['an object that says no', 'apps/a.yaml', substitute, text('${1}', 'annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }')],
    ['variables from elsewhere', 'apps/a.yaml', build('substituteFrom: [{ kind: ConfigMap, name: a }]'), text('${any}')],
    ['no variable at all', 'apps/a.yaml', build('substitute: {}'), text('${1}')],
  ])('is not found in %s', (_, file, ...objects) => expect(under(file, ...objects)).toEqual([]));

  test('points at the text', () => {
    expect(findings('flux', documents(substitute, text('${1}')), {}, 'apps/a.yaml')).toMatchObject([{ pointer: '/data/x', found: expect.stringContaining('${1}') }]);
  });

  test('without postBuild a brace is worth knowing, where Flux is in use', () => {
    expect(finds(kustomization('a'), text('${HOME}'))).toEqual(['DollarBrace']);
    expect(finds(text('${HOME}'))).toEqual([]);
    expect(finds(kustomization('a'), text('$HOME'))).toEqual([]);
  });
});

describe('lockdown', () => {
  const locked = [
    ['a FluxInstance', '{ apiVersion: fluxcd.controlplane.io/v1, kind: FluxInstance, metadata: { name: flux, namespace: flux-system }, spec: { cluster: { multitenant: true } } }'],
    ['a controller', '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a, namespace: b }, spec: { template: { spec: { containers: [{ name: a, args: ["--no-cross-namespace-refs=true"] }] } } } }'],
    ['a patch', '{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, patches: [{ patch: "- op: add\\n  value: --no-cross-namespace-refs=true" }] }'],
  ] as const;
  const across = kustomization('a', 'serviceAccountName: a, sourceRef: { kind: GitRepository, name: b, namespace: flux-system }', 'shop');

  test.each(locked)('is shown by %s', (_, sign) => {
    expect(finds(sign, across)).toEqual(['CrossNamespaceRef']);
    expect(finds(sign, kustomization('a', 'dependsOn: [{ name: b, namespace: c }]'))).toEqual(['CrossNamespaceRef', 'NoServiceAccount']);
    expect(finds(sign, release('serviceAccountName: a, chart: { spec: { sourceRef: { name: b, namespace: c } } }'))).toEqual(['CrossNamespaceRef']);
    expect(finds(sign, kustomization('a', 'serviceAccountName: a, sourceRef: { name: b, namespace: flux-system }'))).toEqual([]);
  });

  test('without it references may cross, and only tenants need a service account', () => {
    const tenant = '{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { toolkit.fluxcd.io/tenant: shop } } }';
    expect(finds(across, kustomization('b'))).toEqual([]);
    expect(finds(tenant, release('chartRef: { kind: HelmChart, name: b }'))).toEqual(['NoServiceAccount']);
    expect(finds(tenant, release('kubeConfig: { secretRef: { name: b } }'))).toEqual([]);
  });
});

describe('dependencies', () => {
  test('in a circle are found once, at the first of it', () => {
    const circle = [['a', 'b'], ['b', 'c'], ['c', 'a'], ['d', 'a']].map(([name, on]) => kustomization(name!, `wait: true, dependsOn: [{ name: ${on} }]`));
    expect(findings('flux', documents(...circle))).toMatchObject([
      { id: 'flux/DependencyCycle', object: { object: { metadata: { name: 'a' } } }, found: expect.stringContaining('flux-system/a waits for flux-system/b') },
    ]);
  });

  test.each([
    ['itself', [kustomization('a', 'wait: true, dependsOn: [{ name: a }]')], ['DependencyCycle']],
    ['one that waits', [kustomization('a', 'dependsOn: [{ name: b }]'), kustomization('b', 'wait: true')], []],
    ['one with health checks', [kustomization('a', 'dependsOn: [{ name: b }]'), kustomization('b', 'healthChecks: [{ kind: Deployment, name: a }]')], []],
    ['one that does not wait', [kustomization('a', 'dependsOn: [{ name: b }]'), kustomization('b')], ['DependencyWithoutWait']],
    ['one that is not there', [kustomization('a', 'dependsOn: [{ name: b }]')], []],
    ['one of the same name elsewhere', [kustomization('a', 'dependsOn: [{ name: a, namespace: shop }]'), kustomization('a', 'wait: true', 'shop')], []],
  ])('on %s', (_, objects, expected) => expect(finds(...objects)).toEqual(expected));
});

test.each([
  ['half a minute', kustomization('a').replace('10m', '30s'), ['IntervalTooShort']],
  ['a minute', kustomization('a').replace('10m', '60s'), []],
  ['a template', kustomization('a').replace('10m', '"${INTERVAL}"'), []],
  ['no prune', kustomization('a').replace('prune: true', 'prune: false'), ['PruneOff']],
  ['no prune, and objects that stay without their Kustomization', kustomization('a', 'deletionPolicy: Orphan').replace('prune: true', 'prune: false'), []],
  ['a target namespace', kustomization('a', 'targetNamespace: b'), ['RenamesObjects']],
  ['wait beside health checks', kustomization('a', 'wait: true, healthChecks: [{ kind: Deployment, name: a }]'), ['HealthChecksIgnored']],
  ['the build file of the same kind', '{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, namePrefix: a }', []],
  ['CRDs left as they are, said aloud', release('chart: {}'), []],
  ['CRDs left as they are, by default', release('chart: {}').replace('upgrade: { crds: Skip }', 'upgrade: {}'), ['CrdsNotUpgraded']],
  ['a role with an aggregation and no rules', '{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: a }, aggregationRule: {} }', []],
  ['a role with an aggregation and rules', '{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: a }, aggregationRule: {}, rules: [] }', ['AggregatedRoleWithRules']],
])('%s', (_, yaml, expected) => expect(finds(yaml)).toEqual(expected));

describe('versions', () => {
  const source = (version: string) => `{ apiVersion: source.toolkit.fluxcd.io/${version}, kind: GitRepository, metadata: { name: a, namespace: b } }`;

  test.each([['v1beta2', '2.8', ['RemovedVersion']], ['v1beta2', '2.9', ['RemovedVersion']], ['v1beta2', '2.7', []], ['v1', '2.9', []]])('%s in Flux %s', (version, flux, expected) => {
    expect(names('flux', source(version), { flux })).toEqual(expected);
  });

  test('a notification is still beta', () => {
    expect(names('flux', '{ apiVersion: notification.toolkit.fluxcd.io/v1beta3, kind: Alert, metadata: { name: a, namespace: b } }', { flux: '2.9' })).toEqual([]);
  });
});

test('a chart from an OCIRepository must be copied, other artifacts may be unpacked', () => {
  const repository = (spec: string) => `{ apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, metadata: { name: b, namespace: shop }, spec: { ${spec} } }`;
  const chart = release('chartRef: { kind: OCIRepository, name: b }');
  expect(finds(repository('url: "oci://a"'), chart)).toEqual(['ChartLayer']);
  expect(finds(repository('layerSelector: { operation: copy }'), chart)).toEqual([]);
  expect(finds(repository('url: "oci://a"'), kustomization('a', 'sourceRef: { kind: OCIRepository, name: b }'))).toEqual([]);
  expect(finds(chart)).toEqual([]);
});
