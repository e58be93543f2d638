import { admissionOf, MANAGED, objectsOf, policyOf } from './support';
import { check } from '../../src/check';
import { KyvernoConfineFlux } from '../../src/kyverno/kyverno-confine-flux';
import { KyvernoRestrictFluxSources, type KyvernoRestrictFluxSourcesProps } from '../../src/kyverno/kyverno-restrict-flux-sources';
import { PolicyAction } from '../../src/kyverno/policy-action';
import { Admission } from '../support/admission';

type Scope = ConstructorParameters<typeof KyvernoConfineFlux>[0];

const object = (apiVersion: string, kind: string, spec: object, namespace = 'tenant') => ({
  object: { apiVersion, kind, metadata: { name: 'x', namespace }, spec },
});
const source = (kind: string, spec: object, namespace?: string, version = 'v1') => (
  object(`source.toolkit.fluxcd.io/${version}`, kind, { interval: '5m', ...spec }, namespace)
);
const git = (url: string, namespace?: string, version?: string) => source('GitRepository', { url }, namespace, version);
const kustomization = (spec: object, namespace?: string) => object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
  interval: '5m', prune: true, sourceRef: { kind: 'GitRepository', name: 'x' }, serviceAccountName: 'deployer', ...spec,
}, namespace);
const release = (spec: object) => object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { interval: '5m', serviceAccountName: 'deployer', ...spec });

describe('KyvernoRestrictFluxSources', () => {
  const build = (props: Partial<KyvernoRestrictFluxSourcesProps> = {}) => (chart: Scope) => {
    new KyvernoRestrictFluxSources(chart, 'sources', {
      action: PolicyAction.ENFORCE, urls: ['https://github.com/acme/*', 'oci://ghcr.io/acme/charts/*'], ...props,
    });
  };
  const admission = (props: Partial<KyvernoRestrictFluxSourcesProps> = {}) => admissionOf([policyOf(build(props))]);

  test.each([
    ['a repository of the company', git('https://github.com/acme/shop')],
    ['one that lies deeper', git('https://github.com/acme/teams/shop.git')],
    ['an artifact', source('OCIRepository', { url: 'oci://ghcr.io/acme/charts/shop' })],
    ['charts', source('HelmRepository', { url: 'oci://ghcr.io/acme/charts/all', type: 'oci' })],
    ['any in a system namespace', git('https://gitlab.com/evil/shop', 'kube-system')],
    ['any in a namespace that is not managed', git('https://gitlab.com/evil/shop', 'other')],
    ['another kind of the same name', object('acme.io/v1', 'GitRepository', { url: 'https://gitlab.com/evil/shop' })],
  ])('lets in %s', (_what, request) => {
    expect(admission().review(request).denied).toEqual([]);
  });

  test.each([
    ['a repository of somebody else', git('https://gitlab.com/evil/shop')],
    ['one whose owner has a similar name', git('https://github.com/acme-evil/shop')],
    ['one that only has the name in it', git('https://gitlab.com/https://github.com/acme/shop')],
    ['one with another scheme', git('http://github.com/acme/shop')],
    ['a path that leads out again', git('https://github.com/acme/../evil/shop')],
    ['a path that leads out again, masked', git('https://github.com/acme/%2e%2e/evil/shop')],
    ['an older version of the kind', git('https://gitlab.com/evil/shop', 'tenant', 'v1beta2')],
    ['an artifact of somebody else', source('OCIRepository', { url: 'oci://ghcr.io/evil/shop' })],
    ['charts of somebody else', source('HelmRepository', { url: 'https://charts.evil.io' })],
    ['a bucket, which has no such address', source('Bucket', { endpoint: 'github.com/acme/', bucketName: 'shop' })],
  ])('keeps out %s', (_what, request) => {
    expect(admission().review(request).denied).toEqual([expect.stringContaining('Files and charts come from https://github.com/acme/*, oci://')]);
  });

  test('gives a tenant more, and its neighbours not', () => {
    const policy = policyOf(build({ tenants: { shop: ['oci://ghcr.io/vendor/*'] } }));
    const namespaces = ['shop', 'bank'].map(name => (
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...MANAGED, 'kubernetes.io/metadata.name': name } } }
    ));
    const kyverno = new Admission([policy], { namespaces });
    const allows = (url: string) => ['shop', 'bank'].map(name => kyverno.allows(source('OCIRepository', { url }, name)));
    expect(allows('oci://ghcr.io/vendor/product')).toEqual([true, false]);
    expect(allows('oci://ghcr.io/acme/charts/shop')).toEqual([true, true]);
    expect(allows('oci://ghcr.io/evil/shop')).toEqual([false, false]);
  });

  test('knows the tenant by the name of its namespace, which nobody can give himself', () => {
    const { spec } = policyOf(build({ tenants: { third: ['oci://ghcr.io/vendor/*'] } }));
    expect(spec.rules.map((rule: any) => [rule.name, rule.exclude?.any[0].resources.namespaces.includes('third') ?? false])).toEqual([
      ['check-sources', true], ['sources-third', false],
    ]);
    expect(spec.rules[1].match.any[0].resources.namespaceSelector).toEqual({ matchLabels: { 'kubernetes.io/metadata.name': 'third' } });
    expect(spec.rules[1].validate.pattern.spec.url).toContain('oci://ghcr.io/vendor/* & !*..* & !*%*');
  });

  test('without addresses for all, leaves out nobody but the tenants named', () => {
    expect(admission({ urls: [], tenants: { third: ['oci://ghcr.io/vendor/*'] } }).review(git('https://github.com/acme/shop')).denied).toEqual([
      expect.stringContaining('No source of files or charts is allowed in this namespace.'),
    ]);
  });

  test('the order of addresses changes no byte', () => {
    const urls = ['https://github.com/acme/*', 'oci://ghcr.io/acme/charts/*'];
    expect(policyOf(build({ urls }))).toEqual(policyOf(build({ urls: [...urls].reverse() })));
  });

  test.each([
    'https://github.com/acme*', 'https://*.example.com/acme/*', 'github.com/acme/*', '*', 'https://github.com', 'https://github.com/a|b/*',
    'https://github.com/acme/%2e*', 'https://github.com/acme/../*', 'ftp://example.com/x', '!https://github.com/acme/*', '', undefined as never,
  ])('refuses the address %j', url => {
    expect(() => policyOf(build({ urls: [url] }))).toThrow(/urls(\[0\])?: given/);
    expect(() => policyOf(build({ tenants: { shop: [url] } }))).toThrow(/tenants\.shop(\[0\])?: given/);
  });

  test('refuses what is no namespace, and no action', () => {
    expect(() => policyOf(build({ tenants: { 'No Namespace': [] } }))).toThrow('tenants: given "No Namespace"');
    expect(() => policyOf(build({ action: undefined as never }))).toThrow('action: given nothing');
  });
});

describe('KyvernoConfineFlux', () => {
  const build = (chart: Scope) => {
    new KyvernoConfineFlux(chart, 'confine', { action: PolicyAction.ENFORCE });
  };
  const kyverno = admissionOf([policyOf(build)]);

  test.each([
    ['a Kustomization with an account', kustomization({})],
    ['one that names its own namespace', kustomization({ sourceRef: { kind: 'GitRepository', name: 'x', namespace: 'tenant' } })],
    ['one that depends on its neighbours', kustomization({ dependsOn: [{ name: 'a' }, { name: 'b', namespace: 'tenant' }] })],
    ['a HelmRelease with a chart beside it', release({ chartRef: { kind: 'OCIRepository', name: 'x' } })],
    ['a HelmRelease with a chart of a repository beside it', release({ chart: { spec: { chart: 'x', sourceRef: { kind: 'HelmRepository', name: 'x' } } } })],
    ['any in a system namespace', kustomization({ serviceAccountName: undefined }, 'kube-system')],
    ['the build file of Kustomize', object('kustomize.config.k8s.io/v1beta1', 'Kustomization', {})],
  ])('lets in %s', (_what, request) => {
    expect(kyverno.review(request).denied).toEqual([]);
  });

  test.each([
    ['check-service-account', kustomization({ serviceAccountName: undefined })],
    ['check-service-account', kustomization({ serviceAccountName: '' })],
    ['check-service-account', release({ serviceAccountName: undefined, chartRef: { kind: 'OCIRepository', name: 'x' } })],
    ['check-source', kustomization({ sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' } })],
    ['check-dependencies', kustomization({ dependsOn: [{ name: 'a' }, { name: 'b', namespace: 'flux-system' }] })],
    ['check-dependencies', release({ chartRef: { kind: 'OCIRepository', name: 'x' }, dependsOn: [{ name: 'b', namespace: 'flux-system' }] })],
    ['check-chart-ref', release({ chartRef: { kind: 'OCIRepository', name: 'x', namespace: 'other' } })],
    ['check-chart-source', release({ chart: { spec: { chart: 'x', sourceRef: { kind: 'HelmRepository', name: 'x', namespace: 'other' } } } })],
  ])('%s keeps one out', (rule, request) => {
    expect(kyverno.review(request).denied).toEqual([expect.stringContaining(`confine-flux/${rule}:`)]);
  });

  test('needs an action', () => {
    expect(() => policyOf(chart => new KyvernoConfineFlux(chart, 'confine', {} as never))).toThrow('action: given nothing');
  });
});

test('Kyverno may read what it reports on, and the checks tell of nothing but its language', () => {
  const objects = objectsOf(chart => {
    new KyvernoRestrictFluxSources(chart, 'sources', { action: PolicyAction.AUDIT, urls: ['https://github.com/acme/*'], tenants: { shop: ['oci://a/b'] } });
    new KyvernoConfineFlux(chart, 'confine', { action: PolicyAction.AUDIT });
  });
  expect(new Set(check(objects).map(({ id }) => id))).toEqual(new Set(['kyverno/DeprecatedLanguage']));
  const resources = objects.filter(({ kind }) => kind === 'ClusterRole').flatMap(({ rules }) => rules.flatMap((rule: any) => rule.resources)).sort();
  expect(resources).toEqual(['buckets', 'gitrepositories', 'helmreleases', 'helmrepositories', 'kustomizations', 'ocirepositories']);
});
