import { chartOf, objectsOf, onlyOne } from './support';
import {
  FluxChartKind, FluxChartSourceKind, FluxReconcileStrategy, FluxValuesKind, HelmChartNameChange, HelmCrds, HelmDeletionPropagation,
  HelmDriftMode, HelmPostRenderStrategy, HelmRelease, type HelmReleaseProps, HelmRemediationStrategy, HelmServerSideApply,
  HelmStrategyName, HelmWaitStrategy, OciLayer, OciRepository, OciVerifyProvider, type PlatformProps,
} from '../../src';

const NEWEST: PlatformProps = { flux: '2.9' };
const chartRef = { kind: FluxChartKind.OCI_REPOSITORY, name: 'kyverno' };
const source = { kind: FluxChartSourceKind.HELM_REPOSITORY, name: 'acme' };
const base: HelmReleaseProps = { namespace: 'flux-system', chartRef, serviceAccountName: 'helm-controller' };

const spec = (props: Partial<HelmReleaseProps> = {}, platform: PlatformProps = {}) => onlyOne('HelmRelease', objectsOf(
  chart => new HelmRelease(chart, 'kyverno', { ...base, ...props }), platform,
)).spec;
const refused = (props: Partial<HelmReleaseProps>, platform: PlatformProps = {}) => () => {
  new HelmRelease(chartOf(platform), 'kyverno', { ...base, ...props });
};

describe('HelmRelease', () => {
  test('keeps CRDs up to date with the chart', () => {
    expect(spec()).toEqual({
      chartRef,
      interval: '1h',
      serviceAccountName: 'helm-controller',
      install: { crds: 'CreateReplace' },
      upgrade: { crds: 'CreateReplace' },
    });
    expect(spec({ upgrade: { crds: HelmCrds.SKIP } }).upgrade).toEqual({ crds: 'Skip' });
  });

  test('says everything that the kind can say, and passes the checks', () => {
    const action = {
      timeout: '10m',
      disableHooks: true,
      disableOpenApiValidation: true,
      disableSchemaValidation: true,
      disableTakeOwnership: true,
      disableWait: true,
      disableWaitForJobs: true,
    };
    const written = {
      timeout: '10m',
      disableHooks: true,
      disableOpenAPIValidation: true,
      disableSchemaValidation: true,
      disableTakeOwnership: true,
      disableWait: true,
      disableWaitForJobs: true,
    };
    expect(spec({
      timeout: '15m',
      releaseName: 'kyverno',
      targetNamespace: 'kyverno',
      storageNamespace: 'kyverno',
      dependsOn: [{ name: 'cilium', readyExpr: 'true' }],
      install: {
        ...action,
        crds: HelmCrds.CREATE,
        createNamespace: true,
        replace: true,
        serverSideApply: false,
        strategy: { name: HelmStrategyName.RETRY_ON_FAILURE, retryInterval: '3m' },
      },
      upgrade: {
        ...action,
        cleanupOnFail: true,
        force: true,
        preserveValues: true,
        serverSideApply: HelmServerSideApply.AUTO,
        chartNameChangeStrategy: HelmChartNameChange.IN_PLACE_UPDATE,
        remediation: { retries: -1, ignoreTestFailures: true, remediateLastFailure: true, strategy: HelmRemediationStrategy.UNINSTALL },
      },
      rollback: { timeout: '1m', cleanupOnFail: true, serverSideApply: HelmServerSideApply.DISABLED },
      test: { enable: true, filters: [{ name: 'slow', exclude: true }], ignoreFailures: true, timeout: '2m' },
      uninstall: { deletionPropagation: HelmDeletionPropagation.FOREGROUND, keepHistory: true },
      driftDetection: { mode: HelmDriftMode.WARN, ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }] },
      healthCheckExprs: [{ apiVersion: 'a/v1', kind: 'A', current: 'true' }],
      waitStrategy: HelmWaitStrategy.LEGACY,
      postRenderers: [{ patches: [{ patch: 'x: 1' }], images: [{ name: 'a', digest: 'sha256:1' }] }],
      postRenderStrategy: HelmPostRenderStrategy.NO_HOOKS,
      commonMetadata: { labels: { team: 'platform' } },
      maxHistory: 3,
      persistentClient: false,
      suspend: true,
      kubeConfig: { configMapName: 'staging' },
      valuesFrom: [{ kind: FluxValuesKind.SECRET, name: 'tls', valuesKey: 'tls.crt', targetPath: 'tls.cert[0]', literal: true, optional: true }],
      values: { replicas: 3, empty: {}, none: [], text: '' },
    }, NEWEST)).toEqual({
      chartRef,
      interval: '1h',
      serviceAccountName: 'helm-controller',
      timeout: '15m',
      releaseName: 'kyverno',
      targetNamespace: 'kyverno',
      storageNamespace: 'kyverno',
      dependsOn: [{ name: 'cilium', readyExpr: 'true' }],
      install: {
        ...written,
        crds: 'Create',
        createNamespace: true,
        replace: true,
        serverSideApply: false,
        strategy: { name: 'RetryOnFailure', retryInterval: '3m' },
      },
      upgrade: {
        ...written,
        crds: 'CreateReplace',
        cleanupOnFail: true,
        force: true,
        preserveValues: true,
        serverSideApply: 'auto',
        chartNameChangeStrategy: 'InPlaceUpdate',
        remediation: { retries: -1, ignoreTestFailures: true, remediateLastFailure: true, strategy: 'uninstall' },
      },
      rollback: { timeout: '1m', cleanupOnFail: true, serverSideApply: 'disabled' },
      test: { enable: true, filters: [{ name: 'slow', exclude: true }], ignoreFailures: true, timeout: '2m' },
      uninstall: { deletionPropagation: 'foreground', keepHistory: true },
      driftDetection: { mode: 'warn', ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }] },
      healthCheckExprs: [{ apiVersion: 'a/v1', kind: 'A', current: 'true' }],
      waitStrategy: { name: 'legacy' },
      postRenderers: [{ kustomize: { patches: [{ patch: 'x: 1' }], images: [{ name: 'a', digest: 'sha256:1' }] } }],
      postRenderStrategy: 'nohooks',
      commonMetadata: { labels: { team: 'platform' } },
      maxHistory: 3,
      persistentClient: false,
      suspend: true,
      kubeConfig: { configMapRef: { name: 'staging' } },
      valuesFrom: [{ kind: 'Secret', name: 'tls', valuesKey: 'tls.crt', targetPath: 'tls.cert[0]', literal: true, optional: true }],
      values: { replicas: 3, empty: {}, none: [], text: '' },
    });
  });

  test('takes a chart by name and version', () => {
    expect(spec({
      chartRef: undefined,
      chart: {
        name: 'kyverno',
        version: '3.9.0',
        source: { ...source, namespace: 'flux-system' },
        interval: '24h',
        reconcileStrategy: FluxReconcileStrategy.CHART_VERSION,
        valuesFiles: ['values-ha.yaml'],
        ignoreMissingValuesFiles: true,
        verify: { secretName: 'keys' },
        labels: { team: 'platform' },
      },
    }).chart).toEqual({
      metadata: { labels: { team: 'platform' } },
      spec: {
        chart: 'kyverno',
        version: '3.9.0',
        sourceRef: { kind: 'HelmRepository', name: 'acme' },
        interval: '24h',
        reconcileStrategy: 'ChartVersion',
        valuesFiles: ['values-ha.yaml'],
        ignoreMissingValuesFiles: true,
        verify: { provider: 'cosign', secretRef: { name: 'keys' } },
      },
    });
  });

  test.each([[undefined, 'cosign'], [OciVerifyProvider.COSIGN, 'cosign'], [OciVerifyProvider.NOTATION, 'notation']])('asks for signatures by %s', (provider, written) => {
    const chart = { name: 'kyverno', version: '3.9.0', source, verify: { secretName: 'keys', provider } };
    expect(spec({ chartRef: undefined, chart }).chart.spec.verify).toEqual({ provider: written, secretRef: { name: 'keys' } });
  });

  test('takes the chart of an OciRepository, beside which it lies', () => {
    const objects = objectsOf(chart => {
      const charts = new OciRepository(chart, 'charts', {
        namespace: 'flux-system', url: 'oci://ghcr.io/kyverno/charts/kyverno', tag: '3.9.0', layer: OciLayer.helmChart(),
      });
      const cilium = new HelmRelease(chart, 'cilium', { ...base, chartRef: charts.chartRef });
      new HelmRelease(chart, 'kyverno', { ...base, chartRef: charts.chartRef, dependsOn: [cilium.dependency] });
    });
    const release = objects.find(({ kind, metadata }) => kind === 'HelmRelease' && metadata.name === 'kyverno');
    expect(release?.spec).toMatchObject({ chartRef: { kind: 'OCIRepository', name: 'charts' }, dependsOn: [{ name: 'cilium' }] });
    expect(JSON.stringify(release?.spec)).not.toContain('"namespace"');
  });
});

describe('the name of the release', () => {
  const long = 'x'.repeat(45);

  test('may have 53 characters, as Flux derives it', () => {
    expect(spec({ name: long, targetNamespace: 'kyverno' }).releaseName).toBeUndefined();
    expect(refused({ name: `${long}y`, targetNamespace: 'kyverno' })).toThrow('allowed: at most 53 characters. Pass a shorter `releaseName`.');
  });

  test('may be given, for an object of any name', () => {
    expect(spec({ name: 'y'.repeat(60), releaseName: 'kyverno' }).releaseName).toBe('kyverno');
    expect(refused({ releaseName: 'x'.repeat(54) })).toThrow('releaseName: given');
  });
});

describe('under lockdown', () => {
  test('a service account is asked for', () => {
    expect(refused({ serviceAccountName: undefined })).toThrow('Name it, such as \'helm-controller\' in flux-system');
    expect(spec({ serviceAccountName: undefined }, { fluxLockdown: false }).serviceAccountName).toBeUndefined();
  });

  test.each<[string, Partial<HelmReleaseProps>]>([
    ['chartRef', { chartRef: { ...chartRef, namespace: 'other' } }],
    ['chart.source', { chartRef: undefined, chart: { name: 'kyverno', source: { ...source, namespace: 'other' } } }],
    ['dependsOn', { dependsOn: [{ name: 'cilium', namespace: 'other' }] }],
  ])('%s stays in the namespace', (what, props) => {
    expect(refused(props)).toThrow(`${what}.namespace: given "other"; allowed: flux-system`);
    expect(spec(props, { fluxLockdown: false }).interval).toBe('1h');
  });
});

describe('what a Flux of that version does not have is refused with the version that does', () => {
  test.each<[string, string, Partial<HelmReleaseProps>]>([
    ['2.7', '2.6', { install: { strategy: { name: HelmStrategyName.RETRY_ON_FAILURE } } }],
    ['2.7', '2.6', { chartRef: { kind: FluxChartKind.EXTERNAL_ARTIFACT, name: 'x' } }],
    ['2.7', '2.6', { commonMetadata: { labels: { a: 'b' } } }],
    ['2.7', '2.6', { dependsOn: [{ name: 'x', readyExpr: 'true' }] }],
    ['2.8', '2.7', { install: { serverSideApply: false } }],
    ['2.8', '2.7', { rollback: { serverSideApply: HelmServerSideApply.AUTO } }],
    ['2.8', '2.7', { waitStrategy: HelmWaitStrategy.POLLER }],
    ['2.8', '2.7', { healthCheckExprs: [{ apiVersion: 'a/v1', kind: 'A', current: 'true' }] }],
    ['2.9', '2.8', { postRenderStrategy: HelmPostRenderStrategy.COMBINED }],
    ['2.9', '2.8', { upgrade: { chartNameChangeStrategy: HelmChartNameChange.REINSTALL } }],
    ['2.9', '2.8', { valuesFrom: [{ kind: FluxValuesKind.SECRET, name: 'a', targetPath: 'b', literal: true }] }],
  ])('%s, not in %s: %j', (since, before, props) => {
    expect(refused(props, { flux: before })).toThrow(`on Flux ${before}; allowed: Flux since ${since}.`);
    expect(spec(props, { flux: since }).interval).toBe('1h');
  });
});

describe('refuses', () => {
  test.each<[string, Partial<HelmReleaseProps>]>([
    ['chart', { chartRef: undefined }],
    ['chart', { chart: { name: 'kyverno', source } }],
    ['chart.name', { chartRef: undefined, chart: { name: '', source } }],
    ['chart.version', { chartRef: undefined, chart: { name: './x', version: '1', source: { ...source, kind: FluxChartSourceKind.GIT_REPOSITORY } } }],
    ['chart.interval', { chartRef: undefined, chart: { name: 'kyverno', source, interval: '5s' } }],
    ['chartRef.kind', { chartRef: { kind: 'GitRepository' as never, name: 'x' } }],
    ['interval', { interval: '10s' }],
    ['timeout', { timeout: '-1m' }],
    ['install.timeout', { install: { timeout: 'soon' } }],
    ['install.crds', { install: { crds: 'Keep' as never } }],
    ['install.remediation.strategy', { install: { remediation: { strategy: HelmRemediationStrategy.ROLLBACK } } }],
    ['upgrade.remediation.retries', { upgrade: { remediation: { retries: 1.5 } } }],
    ['upgrade.remediation', { upgrade: { strategy: { name: HelmStrategyName.RETRY_ON_FAILURE }, remediation: { retries: 1 } } }],
    ['upgrade.strategy.retryInterval', { upgrade: { strategy: { name: HelmStrategyName.REMEDIATE_ON_FAILURE, retryInterval: '1m' } } }],
    ['upgrade.serverSideApply', { upgrade: { serverSideApply: true as never } }],
    ['install.serverSideApply', { install: { serverSideApply: 'auto' as never } }],
    ['driftDetection.mode', { driftDetection: { mode: 'on' as never } }],
    ['driftDetection.ignore.paths', { driftDetection: { mode: HelmDriftMode.ENABLED, ignore: [{ paths: [] }] } }],
    ['maxHistory', { maxHistory: -1 }],
    ['dependsOn', { dependsOn: [{ name: 'kyverno' }] }],
    ['targetNamespace', { targetNamespace: 'Kyverno' }],
    ['valuesFrom.valuesKey', { valuesFrom: [{ kind: FluxValuesKind.SECRET, name: 'a', valuesKey: 'a b' }] }],
    ['valuesFrom.targetPath', { valuesFrom: [{ kind: FluxValuesKind.SECRET, name: 'a', targetPath: 'a b' }] }],
    ['valuesFrom.literal', { valuesFrom: [{ kind: FluxValuesKind.SECRET, name: 'a', literal: true }] }],
    ['values.a.1.b', { values: { a: [1, { b: null }] } }],
    ['values.a', { values: { a: NaN } }],
    ['values.a', { values: { a: () => 1 } }],
  ])('a wrong %s: %j', (what, props) => {
    expect(refused(props, NEWEST)).toThrow(`chart/kyverno (HelmRelease): ${what}: given`);
  });
});
