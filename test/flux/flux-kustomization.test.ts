import { chartOf, objectsOf, onlyOne } from './support';
import {
  FluxBuildMetadata, FluxDeletionPolicy, FluxKustomization, type FluxKustomizationProps, FluxSourceKind, FluxSubstituteStrategy,
  FluxValuesKind, GitRepository, type PlatformProps,
} from '../../src';
import { renderFluxKustomization } from '../../src/flux/render-flux-kustomization';

const source = { kind: FluxSourceKind.GIT_REPOSITORY, name: 'flux-system' };
const base: FluxKustomizationProps = { namespace: 'flux-system', source, serviceAccountName: 'kustomize-controller' };
const NEWEST: PlatformProps = { flux: '2.9' };

const kustomization = (props: Partial<FluxKustomizationProps> = {}, platform: PlatformProps = {}) => onlyOne('Kustomization', objectsOf(
  chart => new FluxKustomization(chart, 'apps', { ...base, ...props }), platform,
));
const refused = (props: Partial<FluxKustomizationProps>, platform: PlatformProps = {}) => () => {
  new FluxKustomization(chartOf(platform), 'apps', { ...base, ...props });
};

describe('FluxKustomization', () => {
  test('has the values of a production cluster by default', () => {
    expect(kustomization()).toEqual({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'apps', namespace: 'flux-system' },
      spec: {
        interval: '1h', prune: true, retryInterval: '2m', serviceAccountName: 'kustomize-controller', sourceRef: source, timeout: '5m', wait: true,
      },
    });
  });

  test('says everything that the kind can say, and passes the checks', () => {
    expect(kustomization({
      path: './apps',
      interval: '10m',
      retryInterval: '30s',
      timeout: '1h30m',
      prune: false,
      wait: false,
      dependsOn: [{ name: 'policies', readyExpr: 'dep.status.observedGeneration >= 0' }],
      healthCheckExprs: [{ apiVersion: 'cilium.io/v2', current: 'true', failed: 'false', inProgress: 'false' }],
      deletionPolicy: FluxDeletionPolicy.ORPHAN,
      force: true,
      suspend: true,
      targetNamespace: 'shop',
      namePrefix: 'a-',
      nameSuffix: '-b',
      commonMetadata: { labels: { team: 'shop' }, annotations: { note: 'x' } },
      components: ['../tls'],
      ignoreMissingComponents: true,
      patches: [{ patch: '- op: remove\n  path: /spec', target: { kind: 'Deployment', name: 'web' } }],
      images: [{ name: 'web', newName: 'registry/web', newTag: '1' }],
      postBuild: {
        substitute: { region: 'eu' },
        substituteFrom: [{ kind: FluxValuesKind.CONFIG_MAP, name: 'facts', optional: true }],
        substituteStrategy: FluxSubstituteStrategy.ALWAYS,
      },
      decryption: { secretName: 'age', serviceAccountName: 'kms' },
      ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }],
      buildMetadata: [FluxBuildMetadata.ORIGIN_ANNOTATIONS],
      kubeConfig: { secretName: 'staging', secretKey: 'config' },
    }, NEWEST).spec).toEqual({
      sourceRef: source,
      path: './apps',
      interval: '10m',
      retryInterval: '30s',
      timeout: '1h30m',
      prune: false,
      wait: false,
      serviceAccountName: 'kustomize-controller',
      dependsOn: [{ name: 'policies', readyExpr: 'dep.status.observedGeneration >= 0' }],
      healthCheckExprs: [{ apiVersion: 'cilium.io/v2', current: 'true', failed: 'false', inProgress: 'false' }],
      deletionPolicy: 'Orphan',
      force: true,
      suspend: true,
      targetNamespace: 'shop',
      namePrefix: 'a-',
      nameSuffix: '-b',
      commonMetadata: { labels: { team: 'shop' }, annotations: { note: 'x' } },
      components: ['../tls'],
      ignoreMissingComponents: true,
      patches: [{ patch: '- op: remove\n  path: /spec', target: { kind: 'Deployment', name: 'web' } }],
      images: [{ name: 'web', newName: 'registry/web', newTag: '1' }],
      postBuild: {
        substitute: { region: 'eu' }, substituteFrom: [{ kind: 'ConfigMap', name: 'facts', optional: true }], substituteStrategy: 'Always',
      },
      decryption: { provider: 'sops', secretRef: { name: 'age' }, serviceAccountName: 'kms' },
      ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }],
      buildMetadata: ['originAnnotations'],
      kubeConfig: { secretRef: { name: 'staging', key: 'config' } },
    });
  });

  test('waits for the objects it names instead of all', () => {
    const { spec } = kustomization({ healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }] });
    expect(spec.wait).toBeUndefined();
    expect(spec.healthChecks).toEqual([{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }]);
  });

  test('refers to objects of its own namespace without naming it', () => {
    const objects = objectsOf(chart => {
      const repository = new GitRepository(chart, 'platform', { namespace: 'flux-system', url: 'https://git.example.com/acme/platform', branch: 'main' });
      const first = new FluxKustomization(chart, 'first', { ...base, source: repository.source });
      new FluxKustomization(chart, 'second', { ...base, source: repository.source, dependsOn: [first.dependency] });
    });
    const second = objects.find(({ metadata }) => metadata.name === 'second');
    expect(second?.spec).toMatchObject({ sourceRef: { kind: 'GitRepository', name: 'platform' }, dependsOn: [{ name: 'first' }] });
    expect(JSON.stringify(second?.spec)).not.toContain('namespace');
  });

  test('leaves empty lists out of the spec', () => {
    expect(renderFluxKustomization({ source, dependsOn: [], patches: [], images: [] })).toEqual(renderFluxKustomization({ source }));
  });

  test('is one of a name', () => {
    const chart = chartOf();
    new FluxKustomization(chart, 'apps', base);
    expect(() => new FluxKustomization(chart, 'again', { ...base, name: 'apps' })).toThrow(/apps/);
  });
});

describe('under lockdown', () => {
  test('a service account is asked for', () => {
    expect(refused({ serviceAccountName: undefined })).toThrow(
      'chart/apps (FluxKustomization): serviceAccountName: given none; allowed: a service account, since the default one may do nothing',
    );
  });

  test.each<[string, Partial<FluxKustomizationProps>]>([
    ['source', { source: { ...source, namespace: 'other' } }],
    ['dependsOn', { dependsOn: [{ name: 'crds', namespace: 'other' }] }],
  ])('%s stays in the namespace', (what, props) => {
    expect(refused(props)).toThrow(`${what}.namespace: given "other"; allowed: flux-system`);
  });

  test('neither holds where Flux is not locked down', () => {
    const spec = { serviceAccountName: undefined, source: { ...source, namespace: 'other' }, dependsOn: [{ name: 'crds', namespace: 'other' }] };
    expect(kustomization(spec, { fluxLockdown: false }).spec).toMatchObject({
      sourceRef: { ...source, namespace: 'other' }, dependsOn: [{ name: 'crds', namespace: 'other' }],
    });
  });

  test('with a kubeconfig the rights are those of the other cluster', () => {
    expect(kustomization({ serviceAccountName: undefined, kubeConfig: { secretName: 'staging' } }).spec.serviceAccountName).toBeUndefined();
  });
});

describe('what a Flux of that version does not have is refused with the version that does', () => {
  test.each<[string, string, Partial<FluxKustomizationProps>]>([
    ['2.7', '2.6', { dependsOn: [{ name: 'crds', readyExpr: 'true' }] }],
    ['2.7', '2.6', { ignoreMissingComponents: true }],
    ['2.7', '2.6', { source: { kind: FluxSourceKind.EXTERNAL_ARTIFACT, name: 'apps' } }],
    ['2.7', '2.6', { kubeConfig: { configMapName: 'staging' } }],
    ['2.9', '2.8', { ignore: [{ paths: ['/spec/replicas'] }] }],
    ['2.9', '2.8', { postBuild: { substituteStrategy: FluxSubstituteStrategy.ALWAYS } }],
    ['2.9', '2.8', { healthCheckExprs: [{ apiVersion: 'cilium.io/v2', current: 'true' }] }],
  ])('%s, not in %s: %j', (since, before, props) => {
    expect(refused(props, { flux: before })).toThrow(`on Flux ${before}; allowed: Flux since ${since}.`);
    expect(kustomization(props, { flux: since }).kind).toBe('Kustomization');
  });
});

describe('refuses', () => {
  test.each<[string, Partial<FluxKustomizationProps>]>([
    ['interval', { interval: '30s' }],
    ['interval', { interval: '1d' }],
    ['interval', { interval: '-10m' }],
    ['retryInterval', { retryInterval: '0s' }],
    ['timeout', { timeout: '100us' }],
    ['path', { path: '../other' }],
    ['path', { path: '/apps' }],
    ['source', { source: undefined as never }],
    ['source.kind', { source: { kind: 'HelmRepository' as never, name: 'x' } }],
    ['source.name', { source: { ...source, name: 'Apps' } }],
    ['dependsOn', { dependsOn: [{ name: 'apps' }] }],
    ['healthChecks', { wait: true, healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }] }],
    ['healthChecks.apiVersion', { healthChecks: [{ apiVersion: '', kind: 'Deployment', name: 'web' }] }],
    ['healthCheckExprs.current', { healthCheckExprs: [{ apiVersion: 'a/v1', kind: 'A', current: ' ' }] }],
    ['targetNamespace', { targetNamespace: 'Shop' }],
    ['namePrefix', { namePrefix: '' }],
    ['nameSuffix', { nameSuffix: 'x'.repeat(201) }],
    ['deletionPolicy', { deletionPolicy: 'Never' as never }],
    ['commonMetadata.labels', { commonMetadata: { labels: { team: 'not a label' } } }],
    ['kubeConfig', { kubeConfig: {} }],
    ['kubeConfig', { kubeConfig: { secretName: 'a', configMapName: 'b' } }],
    ['kubeConfig.secretKey', { kubeConfig: { configMapName: 'b', secretKey: 'c' } }],
    ['patches.patch', { patches: [{ patch: '' }] }],
    ['postBuild.substitute', { postBuild: { substitute: { 'my-var': '1' } } }],
    ['serviceAccountName', { serviceAccountName: 'Nobody' }],
  ])('a wrong %s: %j', (what, props) => {
    expect(refused(props)).toThrow(`chart/apps (FluxKustomization): ${what}: given`);
  });

  test('paths that are no JSON pointers, and none at all', () => {
    expect(refused({ ignore: [{ paths: ['spec.replicas'] }] }, NEWEST)).toThrow('ignore.paths: given "spec.replicas"; allowed: JSON pointers');
    expect(refused({ ignore: [{ paths: [] }] }, NEWEST)).toThrow('ignore.paths: given []; allowed: at least one path');
  });

  test('names that are too long for a label', () => {
    expect(refused({ name: 'x'.repeat(64) })).toThrow('1 to 63 characters');
  });
});
