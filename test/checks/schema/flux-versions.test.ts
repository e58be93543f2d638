import { object, told } from './finds';

const release = (spec: string) => object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', `spec: { interval: 1h, chartRef: { kind: HelmChart, name: a }, ${spec} }`);
const kustomization = (spec: string) => object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization',
  `spec: { interval: 1h, prune: true, sourceRef: { kind: GitRepository, name: a }, ${spec} }`);
const git = (spec: string) => object('source.toolkit.fluxcd.io/v1', 'GitRepository', `spec: { interval: 1h, url: "https://git.example.com/a", ${spec} }`);
const oci = (spec: string) => object('source.toolkit.fluxcd.io/v1', 'OCIRepository', `spec: { interval: 1h, url: "oci://example.com/a", ${spec} }`);
const external = (yaml: string) => yaml.replace(/kind: (HelmChart|GitRepository), name: a/, 'kind: ExternalArtifact, name: a');

describe('what came with a version of Flux is told for the one before, and for no later one', () => {
  const cases: [string, string, string, string][] = [
    ['2.6', '2.7', release('commonMetadata: { labels: { a: b } }'), '/spec/commonMetadata'],
    ['2.6', '2.7', release('install: { strategy: { name: RetryOnFailure } }'), '/spec/install/strategy'],
    ['2.6', '2.7', release('upgrade: { strategy: { name: RetryOnFailure } }'), '/spec/upgrade/strategy'],
    ['2.6', '2.7', release('dependsOn: [{ name: b, readyExpr: "true" }]'), '/spec/dependsOn/0/readyExpr'],
    ['2.6', '2.7', release('kubeConfig: { configMapRef: { name: a } }'), '/spec/kubeConfig/configMapRef'],
    ['2.6', '2.7', kustomization('kubeConfig: { configMapRef: { name: a } }'), '/spec/kubeConfig/configMapRef'],
    ['2.6', '2.7', kustomization('ignoreMissingComponents: true'), '/spec/ignoreMissingComponents'],
    ['2.6', '2.7', git('provider: azure, serviceAccountName: a'), '/spec/serviceAccountName'],
    ['2.6', '2.7', external(release('suspend: false')), '/spec/chartRef/kind: "ExternalArtifact"; allowed: OCIRepository, HelmChart'],
    ['2.6', '2.7', external(kustomization('suspend: false')), '/spec/sourceRef/kind: "ExternalArtifact"'],
    ['2.7', '2.8', release('healthCheckExprs: [{ apiVersion: a/v1, kind: A, current: "true" }]'), '/spec/healthCheckExprs'],
    ['2.7', '2.8', release('waitStrategy: { name: poller }'), '/spec/waitStrategy'],
    ['2.7', '2.8', release('install: { serverSideApply: true }'), '/spec/install/serverSideApply'],
    ['2.7', '2.8', release('upgrade: { serverSideApply: auto }'), '/spec/upgrade/serverSideApply'],
    ['2.7', '2.8', release('rollback: { serverSideApply: auto }'), '/spec/rollback/serverSideApply'],
    ['2.8', '2.9', release('upgrade: { chartNameChangeStrategy: InPlaceUpdate }'), '/spec/upgrade/chartNameChangeStrategy'],
    ['2.8', '2.9', release('valuesFrom: [{ kind: ConfigMap, name: a, literal: true }]'), '/spec/valuesFrom/0/literal'],
    ['2.8', '2.9', release('postRenderStrategy: combined'), '/spec/postRenderStrategy'],
    ['2.8', '2.9', release('healthCheckExprs: [{ apiVersion: a/v1, current: "true" }]'), '/spec/healthCheckExprs/0: no `kind`'],
    ['2.8', '2.9', git('provider: aws'), '/spec/provider: "aws"; allowed: generic, azure, github'],
    ['2.8', '2.9', git('provider: aws, serviceAccountName: a'), '`serviceAccountName` beside `provider` "aws"; allowed: `azure`'],
    ['2.8', '2.9', oci('verify: { provider: cosign, trustedRootSecretRef: { name: a } }'), '/spec/verify/trustedRootSecretRef'],
  ];

  test.each(cases)('in %s, not in %s: %s', (before, since, yaml, expected) => {
    expect(told(yaml, { flux: before }).join('\n')).toContain(expected);
    expect(told(yaml, { flux: since })).toEqual([]);
  });
});

test('before 2.7 a kubeconfig is a Secret', () => {
  const yaml = release('kubeConfig: { secretRef: { name: a } }');
  expect(told(yaml, { flux: '2.6' })).toEqual([]);
  expect(told(release('kubeConfig: {}'), { flux: '2.6' })).toEqual(['MissingField /spec/kubeConfig: no `secretRef`']);
});

test('a GitRepository before 2.7 has no rule about a service account', () => {
  expect(told(git('provider: github'), { flux: '2.6' })).toEqual([]);
});
