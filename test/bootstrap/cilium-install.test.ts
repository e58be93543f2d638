import { parse } from 'yaml';
import { clusterOf, filesIn, objectsIn, runScript, syntaxOf } from './support';
import {
  CiliumDnsRejection, CiliumInstall, type CiliumInstallProps, CiliumIpam, CiliumPolicyEnforcement, Cni, type PlatformProps,
} from '../../src';
import { pathsOf } from '../../src/bootstrap/chart-values';
import { CILIUM_OWNED } from '../../src/bootstrap/cilium-values';
import { printYaml } from '../../src/manifests/print-yaml';

const PLATFORM: PlatformProps = { cni: Cni.cilium('1.18') };

/** Every option other than its default. */
const EVERYTHING: CiliumInstallProps = {
  version: '1.20.2',
  ipam: CiliumIpam.CLUSTER_POOL,
  kubeProxyReplacement: { apiServerHost: 'k3d-local-server-0', apiServerPort: 16443 },
  hubble: { ui: true, metrics: ['dns', 'drop'] },
  wireGuard: { strict: true, nodeEncryption: true },
  policyAudit: true,
  dnsProxy: {
    rejection: CiliumDnsRejection.NAME_ERROR, minTtl: 60, maxIpsPerName: 50, maxResponseDelay: '200ms', preAllocateIdentities: false,
  },
  operatorReplicas: 1,
  imagePullPolicy: 'Always',
};
const EVERYTHING_ON: PlatformProps = {
  cni: Cni.cilium('1.20', {
    nodeSelectors: true,
    mutualAuthentication: true,
    sctp: true,
    hostFirewall: true,
    normalizedPaths: false,
    policyEnforcementMode: CiliumPolicyEnforcement.ALWAYS,
    cidrMatchesNodes: true,
    cidrMatchesPods: true,
  }),
  clusterName: 'north',
  podCidrs: ['10.42.0.0/16'],
};

function installed(props: Partial<CiliumInstallProps> = {}, platform = PLATFORM) {
  const cluster = clusterOf(platform);
  const install = new CiliumInstall(cluster.cni, 'cilium', { version: '1.18.5', ...props });
  return { cluster, install, values: parse(install.toValuesYaml()) as Record<string, unknown> };
}
const refused = (props: Partial<CiliumInstallProps>, platform?: PlatformProps) => () => void installed(props, platform);

describe('CiliumInstall', () => {
  test('has what the articles install, and what keeps a release still', () => {
    const { values } = installed({ version: '1.16.0', hubble: { relay: true, ui: true } }, { cni: Cni.cilium('1.16') });
    expect(values).toEqual({
      envoy: { rollOutPods: true },
      hubble: {
        relay: { enabled: true, rollOutPods: true },
        tls: { auto: { method: 'cronJob' } },
        ui: { enabled: true, rollOutPods: true },
      },
      image: { pullPolicy: 'IfNotPresent' },
      ipam: { mode: 'kubernetes' },
      operator: { rollOutPods: true },
      rollOutCiliumPods: true,
    });
  });

  test('says everything that is not as the chart has it', () => {
    expect(installed(EVERYTHING, EVERYTHING_ON).values).toEqual({
      authentication: { enabled: true, mutual: { spire: { enabled: true } } },
      cluster: { name: 'north' },
      dnsProxy: {
        dnsRejectResponseCode: 'nameError', endpointMaxIpPerHostname: 50, minTtl: 60, preAllocateIdentities: false, proxyResponseMaxDelay: '200ms',
      },
      encryption: {
        enabled: true,
        type: 'wireguard',
        nodeEncryption: true,
        strictMode: { egress: { enabled: true, cidr: '10.42.0.0/16', allowRemoteNodeIdentities: true } },
      },
      envoy: { rollOutPods: true },
      extraConfig: { 'http-normalize-path': 'false' },
      hostFirewall: { enabled: true },
      hubble: {
        metrics: { enabled: ['dns', 'drop'] },
        relay: { enabled: true, rollOutPods: true },
        tls: { auto: { method: 'cronJob' } },
        ui: { enabled: true, rollOutPods: true },
      },
      image: { pullPolicy: 'Always' },
      ipam: { mode: 'cluster-pool', operator: { clusterPoolIPv4PodCIDRList: ['10.42.0.0/16'] } },
      k8sServiceHost: 'k3d-local-server-0',
      k8sServicePort: 16443,
      kubeProxyReplacement: 'true',
      nodeSelectorLabels: true,
      operator: { replicas: 1, rollOutPods: true },
      policyAuditMode: true,
      policyCIDRMatchMode: ['nodes', 'pods'],
      policyEnforcementMode: 'always',
      rollOutCiliumPods: true,
      sctp: { enabled: true },
    });
  });

  test('has strict mode where Cilium before 1.19 looks for it', () => {
    const { values } = installed({ wireGuard: { strict: true } }, { ...PLATFORM, podCidrs: ['10.42.0.0/16', 'fd00::/48'] });
    expect(values.encryption).toEqual({
      enabled: true, type: 'wireguard', strictMode: { enabled: true, cidr: '10.42.0.0/16', allowRemoteNodeIdentities: true },
    });
  });

  test.each([['defaults', {}, PLATFORM], ['everything', EVERYTHING, EVERYTHING_ON]] as const)(
    'is adopted by a HelmRelease with the same values, byte for byte: %s', (_, props, platform) => {
      const { cluster, install } = installed(props, platform);
      const [source, release] = objectsIn(cluster);
      expect(printYaml(release!.spec.values)).toBe(install.toValuesYaml());
      expect(release).toMatchObject({
        kind: 'HelmRelease',
        metadata: { name: 'cilium', namespace: 'flux-system' },
        spec: {
          chart: { spec: { chart: 'cilium', version: install.version, sourceRef: { kind: 'HelmRepository', name: 'cilium' } } },
          releaseName: 'cilium',
          targetNamespace: 'kube-system',
          storageNamespace: 'kube-system',
          serviceAccountName: 'helm-controller',
          timeout: '15m',
          install: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure' } },
          upgrade: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure' } },
          driftDetection: { mode: 'warn' },
        },
      });
      expect(source).toMatchObject({ kind: 'HelmRepository', metadata: { namespace: 'flux-system' }, spec: { url: 'https://helm.cilium.io/' } });
    },
  );

  test('comes from a registry as well, with the same chart in script and tree', () => {
    const { cluster, install } = installed({ repository: 'oci://registry.example.com/charts/' });
    const [source, release] = objectsIn(cluster);
    expect(source).toMatchObject({ kind: 'OCIRepository', spec: { url: 'oci://registry.example.com/charts/cilium', ref: { tag: '1.18.5' } } });
    expect(release!.spec.chartRef).toEqual({ kind: 'OCIRepository', name: 'cilium' });
    expect(runScript(filesIn(cluster), 'install-cilium.sh').calls[0]).toMatch(/--install cilium oci:\/\/registry\.example\.com\/charts\/cilium --version 1\.18\.5 /);
    expect(install.toScript()).not.toContain('--repo');
  });

  test('leaves out how to retry where Flux does not know it', () => {
    const { cluster } = installed({}, { ...PLATFORM, flux: '2.6' });
    expect(objectsIn(cluster)[1]!.spec.upgrade).toEqual({ crds: 'CreateReplace' });
  });

  test('has a script that installs this version with these values, in whatever folder it is called', () => {
    const { cluster, install } = installed();
    expect(syntaxOf(install.toScript())).toBe('');
    const helm = 'helm upgrade --install cilium cilium --repo https://helm.cilium.io/ --version 1.18.5 --namespace kube-system --values cilium-values.yaml';
    expect(runScript(filesIn(cluster), 'install-cilium.sh')).toEqual({ status: 0, stderr: '', calls: [`${helm} --wait --timeout 15m`] });
    expect(runScript(filesIn(cluster), 'install-cilium.sh', { env: { KUBE_CONTEXT: 'k3d local' } }).calls)
      .toEqual([`${helm} --kube-context k3d local --wait --timeout 15m`]);
    expect(runScript(filesIn(cluster), 'install-cilium.sh', { failing: ['helm upgrade'] }).status).toBe(1);
  });

  test('takes more values, but for what it or the Platform says', () => {
    const more = { bandwidthManager: { enabled: true }, hubble: { relay: { replicas: 2 } }, tolerations: [] };
    const { values, cluster, install } = installed({ values: more });
    expect(values).toMatchObject({ ...more, hubble: { relay: { enabled: true, replicas: 2 } } });
    expect(printYaml(objectsIn(cluster)[1]!.spec.values)).toBe(install.toValuesYaml());
    expect(refused({ values: { sctp: { enabled: true } } }))
      .toThrow('local/cni/cilium (CiliumInstall): values.sctp: given {"enabled":true}; allowed: nothing there, since `sctp` of Cni.cilium says it.');
    expect(refused({ values: { hubble: { relay: { enabled: false } } } })).toThrow('Set `hubble.relay` instead.');
    expect(refused({ values: { tolerations: null } })).toThrow('values.tolerations: given null');
    expect(refused({ values: { list: [{ at: new Date(0) }] } })).toThrow('values.list.0.at');
    expect(refused({ values: { number: NaN } })).toThrow('values.number: given NaN');
    expect(refused({ values: { hubble: 'off' } })).toThrow('values.hubble.enabled: given "off"');
  });

  test('owns every value that it says', () => {
    const free = [
      'envoy.rollOutPods', 'hubble.relay.rollOutPods', 'hubble.tls.auto.method', 'hubble.ui.rollOutPods', 'operator.rollOutPods', 'rollOutCiliumPods',
    ];
    const owned = Object.keys(CILIUM_OWNED);
    const said = pathsOf(installed(EVERYTHING, EVERYTHING_ON).values).filter(path => !free.includes(path));
    expect(said.filter(path => !owned.some(owner => path === owner || path.startsWith(`${owner}.`)))).toEqual([]);
  });

  test('is refused where it is not what the Platform says', () => {
    expect(refused({}, { cni: Cni.calico() })).toThrow('platform: given "Calico"; allowed: Cilium.');
    expect(refused({ version: '1.19.1' })).toThrow('version: given "1.19.1"; allowed: 1.18.x, since the Platform says Cilium 1.18.');
    expect(refused({ ipam: CiliumIpam.CLUSTER_POOL })).toThrow('ipam CLUSTER_POOL: given []; allowed: a Platform with one IPv4 range of pods.');
    expect(refused({ wireGuard: { strict: true } }, { ...PLATFORM, podCidrs: ['10.1.0.0/16', '10.2.0.0/16'] })).toThrow('wireGuard.strict');
  });

  test.each<[string, Partial<CiliumInstallProps>]>([
    ['version', { version: '1.18' }],
    ['version', { version: '1.18.x' }],
    ['version', { version: '>=1.18.0' }],
    ['repository', { repository: 'http://charts.example.com' }],
    ['repository', { repository: 'https://charts.example.com/$(id)' }],
    ['ipam', { ipam: 'eni' as CiliumIpam }],
    ['imagePullPolicy', { imagePullPolicy: 'Sometimes' }],
    ['operatorReplicas', { operatorReplicas: 0 }],
    ['hubble.ui', { hubble: { relay: false, ui: true } }],
    ['kubeProxyReplacement.apiServerHost', { kubeProxyReplacement: { apiServerHost: 'https://api' } }],
    ['kubeProxyReplacement.apiServerPort', { kubeProxyReplacement: { apiServerHost: 'api', apiServerPort: 0 } }],
    ['dnsProxy.rejection', { dnsProxy: { rejection: 'drop' as CiliumDnsRejection } }],
    ['dnsProxy.minTtl', { dnsProxy: { minTtl: -1 } }],
    ['dnsProxy.maxIpsPerName', { dnsProxy: { maxIpsPerName: 1.5 } }],
    ['dnsProxy.maxResponseDelay', { dnsProxy: { maxResponseDelay: 'soon' } }],
  ])('does not take any %s: %j', (what, props) => {
    expect(refused(props)).toThrow(`local/cni/cilium (CiliumInstall): ${what}: given`);
  });
});
