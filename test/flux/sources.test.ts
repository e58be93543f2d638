import { chartOf, objectsOf, onlyOne } from './support';
import {
  FluxCloudProvider, GitProvider, GitRepository, type GitRepositoryProps, GitVerifyMode, HelmRepository, type HelmRepositoryProps, OciLayer,
  OciLayerOperation, OciRepository, type OciRepositoryProps, OciVerifyProvider, type PlatformProps,
} from '../../src';

const NEWEST: PlatformProps = { flux: '2.9' };
const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('GitRepository', () => {
  const base: GitRepositoryProps = { namespace: 'flux-system', url: 'https://git.example.com/acme/platform', branch: 'main' };
  const spec = (props: Partial<GitRepositoryProps> = {}, platform: PlatformProps = {}) => onlyOne('GitRepository', objectsOf(
    chart => new GitRepository(chart, 'platform', { ...base, ...props }), platform,
  )).spec;
  const refused = (props: Partial<GitRepositoryProps>, platform: PlatformProps = {}) => () => {
    new GitRepository(chartOf(platform), 'platform', { ...base, ...props });
  };

  test('follows a branch', () => {
    expect(spec()).toEqual({ url: base.url, ref: { branch: 'main' }, interval: '5m' });
  });

  test('says everything that the kind can say, and passes the checks', () => {
    expect(spec({
      url: 'ssh://git@git.example.com/acme/platform',
      commit: 'f00d',
      interval: '1m',
      timeout: '90s',
      secretName: 'key',
      provider: GitProvider.AZURE,
      serviceAccountName: 'git',
      proxySecretName: 'proxy',
      verify: { mode: GitVerifyMode.TAG_AND_HEAD, secretName: 'keys' },
      ignore: '/*\n!/deploy',
      include: [{ repository: 'shared', fromPath: 'base', toPath: 'shared' }],
      recurseSubmodules: true,
      sparseCheckout: ['deploy'],
      suspend: true,
    }, NEWEST)).toEqual({
      url: 'ssh://git@git.example.com/acme/platform',
      ref: { branch: 'main', commit: 'f00d' },
      interval: '1m',
      timeout: '90s',
      secretRef: { name: 'key' },
      provider: 'azure',
      serviceAccountName: 'git',
      proxySecretRef: { name: 'proxy' },
      verify: { mode: 'TagAndHEAD', secretRef: { name: 'keys' } },
      ignore: '/*\n!/deploy',
      include: [{ repository: { name: 'shared' }, fromPath: 'base', toPath: 'shared' }],
      recurseSubmodules: true,
      sparseCheckout: ['deploy'],
      suspend: true,
    });
  });

  test.each<[Partial<GitRepositoryProps>, object]>([
    [{ tag: 'v1' }, { tag: 'v1' }],
    [{ semver: '>=1.0.0' }, { semver: '>=1.0.0' }],
    [{ commit: 'f00d' }, { commit: 'f00d' }],
    [{ refName: 'refs/pull/1/head' }, { name: 'refs/pull/1/head' }],
  ])('checks out %j', (ref, expected) => {
    expect(spec({ branch: undefined, ...ref }).ref).toEqual(expected);
  });

  test('needs to know what to check out, once', () => {
    expect(refused({ branch: undefined })).toThrow('branch: given nothing to check out; allowed: one of branch, tag, semver, refName and commit');
    expect(refused({ tag: 'v1' })).toThrow('given branch and tag');
  });

  test('tells how to write the address that Git itself takes', () => {
    expect(refused({ url: 'git@github.com:acme/platform.git' })).toThrow('Write \'ssh://git@github.com/acme/platform.git\'.');
  });

  test.each<[string, Partial<GitRepositoryProps>]>([
    ['url', { url: 'oci://ghcr.io/acme/platform' }],
    ['interval', { interval: '10s' }],
    ['timeout', { timeout: '1h' }],
    ['provider', { provider: 'gitlab' as never }],
    ['secretName', { secretName: 'Key' }],
    ['verify.secretName', { verify: { secretName: '' } }],
    ['serviceAccountName', { serviceAccountName: 'git' }],
    ['serviceAccountName', { serviceAccountName: 'git', provider: GitProvider.GITHUB }],
  ])('refuses a wrong %s: %j', (what, props) => {
    expect(refused(props, NEWEST)).toThrow(`chart/platform (GitRepository): ${what}: given`);
  });

  test('knows since when Flux has what', () => {
    expect(refused({ provider: GitProvider.AWS }, { flux: '2.8' })).toThrow('allowed: Flux since 2.9.');
    expect(refused({ provider: GitProvider.AZURE, serviceAccountName: 'git' }, { flux: '2.6' })).toThrow('allowed: Flux since 2.7.');
  });
});

describe('OciRepository', () => {
  const base: OciRepositoryProps = { namespace: 'flux-system', url: 'oci://ghcr.io/kyverno/charts/kyverno', semver: '3.x' };
  const spec = (props: Partial<OciRepositoryProps> = {}, platform: PlatformProps = {}) => onlyOne('OCIRepository', objectsOf(
    chart => new OciRepository(chart, 'kyverno', { ...base, ...props }), platform,
  )).spec;
  const refused = (props: Partial<OciRepositoryProps>, platform: PlatformProps = {}) => () => {
    new OciRepository(chartOf(platform), 'kyverno', { ...base, ...props });
  };

  test('takes the layer of a chart as it is', () => {
    expect(spec({ layer: OciLayer.helmChart() }).layerSelector).toEqual({
      mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy',
    });
  });

  test('says everything that the kind can say, and passes the checks', () => {
    expect(spec({
      semverFilter: '-stable$',
      layer: OciLayer.of('application/x.tar+gzip', OciLayerOperation.COPY),
      interval: '10m',
      timeout: '2m',
      secretName: 'pull',
      provider: FluxCloudProvider.GCP,
      serviceAccountName: 'puller',
      certSecretName: 'ca',
      proxySecretName: 'proxy',
      verify: { signers: [{ issuer: '^https://issuer$', subject: '^https://github.com/acme/' }], trustedRootSecretName: 'root' },
      ignore: '*.md',
      insecure: false,
      suspend: false,
    }, NEWEST)).toEqual({
      url: base.url,
      ref: { semver: '3.x', semverFilter: '-stable$' },
      layerSelector: { mediaType: 'application/x.tar+gzip', operation: 'copy' },
      interval: '10m',
      timeout: '2m',
      secretRef: { name: 'pull' },
      provider: 'gcp',
      serviceAccountName: 'puller',
      certSecretRef: { name: 'ca' },
      proxySecretRef: { name: 'proxy' },
      verify: {
        provider: 'cosign',
        matchOIDCIdentity: [{ issuer: '^https://issuer$', subject: '^https://github.com/acme/' }],
        trustedRootSecretRef: { name: 'root' },
      },
      ignore: '*.md',
      insecure: false,
      suspend: false,
    });
  });

  test('asks for signatures with keys', () => {
    expect(spec({ verify: { secretName: 'keys' } }).verify).toEqual({ provider: 'cosign', secretRef: { name: 'keys' } });
    expect(spec({ verify: { secretName: 'certs', provider: OciVerifyProvider.NOTATION } }).verify).toEqual({
      provider: 'notation', secretRef: { name: 'certs' },
    });
  });

  test.each<OciRepositoryProps['verify']>([
    {},
    { signers: [] },
    { provider: OciVerifyProvider.NOTATION },
    { provider: OciVerifyProvider.NOTATION, signers: [{ issuer: 'a', subject: 'b' }], secretName: 'certs' },
    { secretName: 'keys', signers: [{ issuer: 'a', subject: 'b' }] },
  ])('does not trust just anybody, or two things at once: %j', verify => {
    expect(refused({ verify })).toThrow('verify: given');
  });

  test.each<[string, Partial<OciRepositoryProps>]>([
    ['url', { url: 'https://ghcr.io/kyverno/charts/kyverno' }],
    ['url', { url: 'oci://ghcr.io/kyverno/charts/kyverno:3.9.0' }],
    ['url', { url: `oci://ghcr.io/kyverno/charts/kyverno@${DIGEST}` }],
    ['url', { url: 'oci://ghcr.io' }],
    ['tag', { semver: undefined }],
    ['tag', { tag: '3.9.0' }],
    ['digest', { semver: undefined, digest: 'sha256:1' }],
    ['semverFilter', { semver: undefined, tag: '3.9.0', semverFilter: 'x' }],
    ['semverFilter', { semverFilter: '(' }],
    ['timeout', { timeout: '1h' }],
    ['interval', { interval: '59s' }],
    ['provider', { provider: 'github' as never }],
    ['verify.signers.subject', { verify: { signers: [{ issuer: 'a', subject: '(?=b)' }] } }],
    ['verify.trustedRootSecretName', { verify: { secretName: 'keys', trustedRootSecretName: 'root' } }],
  ])('refuses a wrong %s: %j', (what, props) => {
    expect(refused(props, NEWEST)).toThrow(`chart/kyverno (OciRepository): ${what}: given`);
  });

  test('takes a registry with a port, a tag and a digest', () => {
    expect(spec({ url: 'oci://registry:5000/charts/kyverno', semver: undefined, tag: '3.9.0' }).ref).toEqual({ tag: '3.9.0' });
    expect(spec({ semver: undefined, digest: DIGEST }).ref).toEqual({ digest: DIGEST });
  });

  test('knows since when Flux has what', () => {
    const verify = { signers: [{ issuer: 'a', subject: 'b' }], trustedRootSecretName: 'root' };
    expect(refused({ verify }, { flux: '2.8' })).toThrow('allowed: Flux since 2.9.');
  });

  test('a layer has a media type', () => {
    expect(() => OciLayer.of('tar')).toThrow('OciLayer.of: mediaType: given "tar"');
    expect(() => OciLayer.of('a/b', 'move' as never)).toThrow('OciLayer.of: operation: given "move"');
  });
});

describe('HelmRepository', () => {
  const base: HelmRepositoryProps = { namespace: 'flux-system', url: 'https://helm.cilium.io/' };
  const spec = (props: Partial<HelmRepositoryProps> = {}) => onlyOne('HelmRepository', objectsOf(
    chart => new HelmRepository(chart, 'cilium', { ...base, ...props }),
  )).spec;
  const refused = (props: Partial<HelmRepositoryProps>) => () => {
    new HelmRepository(chartOf(), 'cilium', { ...base, ...props });
  };

  test('looks for charts every hour', () => {
    expect(spec()).toEqual({ url: base.url, interval: '1h' });
  });

  test('says of a registry that it is one, which has no index to look at', () => {
    expect(spec({ url: 'oci://ghcr.io/acme/charts', provider: FluxCloudProvider.AWS, insecure: true, secretName: 'pull' })).toEqual({
      url: 'oci://ghcr.io/acme/charts', type: 'oci', provider: 'aws', insecure: true, secretRef: { name: 'pull' },
    });
  });

  test('says everything else that the kind can say', () => {
    expect(spec({ interval: '5m', timeout: '30s', secretName: 'login', certSecretName: 'ca', passCredentials: true, suspend: true })).toEqual({
      url: base.url, interval: '5m', timeout: '30s', secretRef: { name: 'login' }, certSecretRef: { name: 'ca' }, passCredentials: true, suspend: true,
    });
  });

  test.each<[string, Partial<HelmRepositoryProps>]>([
    ['url', { url: 'ssh://charts.example.com' }],
    ['interval', { interval: '1s' }],
    ['timeout', { timeout: '2h' }],
    ['provider', { provider: FluxCloudProvider.AWS }],
    ['insecure', { insecure: true }],
    ['passCredentials', { url: 'oci://ghcr.io/acme', passCredentials: true }],
    ['certSecretName', { certSecretName: 'CA' }],
  ])('refuses a wrong %s: %j', (what, props) => {
    expect(refused(props)).toThrow(`chart/cilium (HelmRepository): ${what}: given`);
  });
});
