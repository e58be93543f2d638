import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { clusterOf, filesIn, runScript, syntaxOf, treeOf } from './support';
import {
  CiliumInstall, type CiliumInstallProps, Cni, FluxApp, FluxCluster, FluxLayout, K3dCluster, type K3dClusterProps, K3sComponent,
  KindCluster, type KindClusterProps, KyvernoInstall, type PlatformProps,
} from '../../src';
import { filesOf, stderrOf, temporaryFolder } from '../support/tree';

const config = (cluster: K3dCluster | KindCluster) => parse(cluster.toYaml()) as Record<string, any>;
const k3d = (props: K3dClusterProps = {}, platform?: PlatformProps) => new K3dCluster(clusterOf(platform), 'local', props);
const kind = (props: KindClusterProps = {}, platform?: PlatformProps) => new KindCluster(clusterOf(platform), 'local', props);
const k3sArguments = (cluster: K3dCluster): string[] => config(cluster).options.k3s.extraArgs.map(({ arg }: { arg: string }) => arg);
const cilium = (cluster: FluxCluster, props: Partial<CiliumInstallProps> = {}) => new CiliumInstall(cluster.cni, 'cilium', { version: '1.18.5', ...props });
const kyverno = (cluster: FluxCluster) => new KyvernoInstall(cluster.controllers, 'kyverno', { version: '3.9.0' });
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
const FLUX = { version: '2.8.3', url: 'ssh://git@example.com/acme/platform', path: 'deploy/clusters/local' };

const WITHOUT_PROXY = { kubeProxyReplacement: { apiServerHost: 'api.local' } };
const HELM_CILIUM = 'helm upgrade --install cilium cilium --repo https://helm.cilium.io/ --version 1.18.5 --namespace kube-system --values cilium-values.yaml';
const HELM_KYVERNO = 'helm upgrade --install kyverno oci://ghcr.io/kyverno/charts/kyverno --version 3.9.0 --namespace kyverno --create-namespace --values kyverno-values.yaml';

describe('K3dCluster', () => {
  test('is the cluster of the articles', () => {
    expect(config(k3d({ name: 'platform-local' }))).toEqual({
      apiVersion: 'k3d.io/v1alpha5',
      kind: 'Simple',
      metadata: { name: 'platform-local' },
      servers: 1,
      agents: 2,
      options: {
        k3s: {
          extraArgs: [
            { arg: '--disable=traefik', nodeFilters: ['server:*'] },
            { arg: '--disable-network-policy', nodeFilters: ['server:*'] },
            { arg: '--flannel-backend=none', nodeFilters: ['server:*'] },
          ],
        },
      },
    });
  });

  test('leaves out what the CNI of the platform does not need', () => {
    expect(k3sArguments(k3d({}, { cni: Cni.calico() }))).toEqual(['--disable=traefik', '--disable-network-policy', '--flannel-backend=none']);
    expect(k3sArguments(k3d({}, { cni: Cni.k3s() }))).toEqual(['--disable=traefik']);
    expect(k3sArguments(k3d({}, { cni: Cni.k3s({ networkPolicyController: false }) }))).toEqual(['--disable=traefik', '--disable-network-policy']);
    expect(k3sArguments(k3d({}, { cni: Cni.flannel() }))).toEqual(['--disable=traefik', '--disable-network-policy']);
  });

  test('leaves out kube-proxy where Cilium does its work, even if Cilium comes later', () => {
    const cluster = clusterOf();
    const local = new K3dCluster(cluster, 'k3d');
    expect(k3sArguments(local)).not.toContain('--disable-kube-proxy');
    cilium(cluster, WITHOUT_PROXY);
    expect(k3sArguments(local)).toContain('--disable-kube-proxy');
  });

  test('has the ranges of the platform, and what it is told', () => {
    const local = k3d(
      { servers: 3, agents: 0, image: 'rancher/k3s:v1.33.5-k3s1', disable: [K3sComponent.TRAEFIK, K3sComponent.SERVICE_LB], ports: [{ host: 8443, cluster: 443 }] },
      { podCidrs: ['10.42.0.0/16', 'fd00:42::/56'], serviceCidrs: ['10.43.0.0/16', 'fd00:43::/112'] },
    );
    expect(config(local)).toMatchObject({
      metadata: { name: 'local' }, servers: 3, agents: 0, image: 'rancher/k3s:v1.33.5-k3s1', ports: [{ port: '127.0.0.1:8443:443', nodeFilters: ['loadbalancer'] }],
    });
    expect(k3sArguments(local)).toEqual([
      '--disable=servicelb', '--disable=traefik', '--disable-network-policy', '--flannel-backend=none',
      '--cluster-cidr=10.42.0.0/16,fd00:42::/56', '--service-cidr=10.43.0.0/16,fd00:43::/112',
    ]);
  });

  test.each<[string, K3dClusterProps]>([
    ['name', { name: 'Local' }],
    ['name', { name: 'a'.repeat(33) }],
    ['name', { name: '$HOME' }],
    ['servers', { servers: 2 }],
    ['servers', { servers: 0 }],
    ['agents', { agents: -1 }],
    ['image', { image: 'rancher/k3s:v1.32.5-k3s1' }],
    ['image', { image: 'rancher/k3s:latest' }],
    ['image', { image: 'rancher/k3s:v1.33.5-$TAG' }],
    ['disable[0]', { disable: ['coredns' as K3sComponent] }],
    ['ports.host', { ports: [{ host: 0, cluster: 443 }] }],
    ['ports.cluster', { ports: [{ host: 443, cluster: 70000 }] }],
    ['version', { flux: { ...FLUX, version: '2.9.0' } }],
    ['version', { flux: { ...FLUX, version: 'latest' } }],
    ['flux.url', { flux: { ...FLUX, url: 'git@example.com:acme/platform' } }],
    ['flux.path', { flux: { ...FLUX, path: '../deploy' } }],
    ['flux.branch', { flux: { ...FLUX, branch: '$(id)' } }],
  ])('does not take any %s: %j', (what, props) => {
    expect(() => k3d(props)).toThrow(`local/local (K3dCluster): ${what}: given`);
  });
});

describe('KindCluster', () => {
  test('has no CNI of its own', () => {
    expect(config(kind())).toEqual({
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      kind: 'Cluster',
      name: 'local',
      networking: { disableDefaultCNI: true },
      nodes: [{ role: 'control-plane' }, { role: 'worker' }, { role: 'worker' }],
    });
  });

  test('keeps kindnet where the platform says it', () => {
    expect(config(kind({}, { cni: Cni.kindnet() }))).not.toHaveProperty('networking');
  });

  test('has the ranges of the platform, no kube-proxy where Cilium does its work, and what it is told', () => {
    const cluster = clusterOf({ podCidrs: ['10.244.0.0/16', 'fd00:10:244::/56'], serviceCidrs: ['10.96.0.0/12'] });
    cilium(cluster, WITHOUT_PROXY);
    const image = `kindest/node:v1.33.4@sha256:${'0'.repeat(64)}`;
    expect(config(new KindCluster(cluster, 'kind', { name: 'local', controlPlanes: 3, workers: 0, image }))).toEqual({
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      kind: 'Cluster',
      name: 'local',
      networking: {
        disableDefaultCNI: true, ipFamily: 'dual', kubeProxyMode: 'none', podSubnet: '10.244.0.0/16,fd00:10:244::/56', serviceSubnet: '10.96.0.0/12',
      },
      nodes: Array(3).fill({ role: 'control-plane', image }),
    });
    expect(config(kind({}, { podCidrs: ['fd00:10:244::/56'] })).networking.ipFamily).toBe('ipv6');
  });

  test.each<[string, KindClusterProps]>([
    ['name', { name: 'a'.repeat(48) }],
    ['controlPlanes', { controlPlanes: 4 }],
    ['controlPlanes', { controlPlanes: 1.5 }],
    ['workers', { workers: 100 }],
    ['image', { image: 'kindest/node:v1.36.1' }],
    ['image', { image: 'kindest/node' }],
    ['version', { flux: { ...FLUX, version: '2.7.1' } }],
  ])('does not take any %s: %j', (what, props) => {
    expect(() => kind(props)).toThrow(`local/local (KindCluster): ${what}: given`);
  });
});

describe('the script that brings a cluster up', () => {
  const whole = () => {
    const cluster = clusterOf();
    kyverno(cluster);
    cilium(cluster);
    new K3dCluster(cluster, 'k3d', { name: 'platform-local', flux: FLUX });
    new KindCluster(cluster, 'kind', { name: 'platform-local', flux: FLUX });
    return filesIn(cluster);
  };
  const afterCreation = (context: string, more = '') => [
    `${HELM_CILIUM} --kube-context ${context} --wait --timeout 15m`,
    `kubectl --context ${context} wait --for=condition=Ready nodes --all --timeout=5m`,
    `${HELM_KYVERNO} --kube-context ${context} --wait --timeout 15m`,
    `flux bootstrap git --context=${context} --version=v2.8.3 --url=ssh://git@example.com/acme/platform --branch=main --path=deploy/clusters/local${more}`,
  ];

  test('makes the cluster, then installs the CNI, waits for nodes, installs Kyverno, and bootstraps Flux, all in that cluster', () => {
    expect(runScript(whole(), 'k3d-up.sh', { failing: ['k3d cluster list'] })).toEqual({
      status: 0,
      stderr: '',
      calls: [
        'k3d cluster list platform-local',
        'k3d[K3D_FIX_MOUNTS=1] cluster create --config k3d.yaml',
        ...afterCreation('k3d-platform-local'),
      ],
    });
    expect(runScript(whole(), 'kind-up.sh')).toEqual({
      status: 0, stderr: '', calls: ['kind get clusters', 'kind create cluster --config kind.yaml', ...afterCreation('kind-platform-local')],
    });
  });

  test('leaves a cluster that is there, and hands its arguments to Flux', () => {
    expect(runScript(whole(), 'k3d-up.sh', { args: ['--private-key-file=my key', '--silent'] }).calls)
      .toEqual(['k3d cluster list platform-local', ...afterCreation('k3d-platform-local', ' --private-key-file=my key --silent')]);
    const created = (clusters: string) => runScript(whole(), 'kind-up.sh', { printing: { 'kind get clusters': clusters } }).calls[1];
    expect(created('platform-local')).not.toContain('kind create');
    expect(created('platform-local-2')).toContain('kind create');
  });

  test('stops where something fails', () => {
    const { status, calls } = runScript(whole(), 'k3d-up.sh', { failing: ['kubectl --context'] });
    expect({ status, last: calls.at(-1) }).toEqual({
      status: 1, last: 'kubectl --context k3d-platform-local wait --for=condition=Ready nodes --all --timeout=5m',
    });
    expect(runScript(whole(), 'k3d-up.sh', { failing: ['helm upgrade --install cilium'] }).calls).toHaveLength(2);
  });

  test('says which command is missing before it does anything', () => {
    expect(runScript(whole(), 'k3d-up.sh', { missing: ['flux'] })).toEqual({ status: 1, stderr: 'k3d-up.sh: flux is not installed\n', calls: [] });
  });

  test('asks for a CNI that is not installed here, and goes on once it is', () => {
    const cluster = clusterOf({ cni: Cni.calico() });
    kyverno(cluster);
    new K3dCluster(cluster, 'k3d');
    expect(runScript(filesIn(cluster), 'k3d-up.sh', { failing: ['kubectl '] })).toMatchObject({
      status: 1, stderr: 'k3d-up.sh: nodes get ready when Calico is installed: install it, and run this again\n',
    });
    expect(runScript(filesIn(cluster), 'k3d-up.sh').calls.at(-1)).toContain('helm upgrade --install kyverno');
  });

  test('needs no helm and no Flux where there is nothing to install', () => {
    const cluster = clusterOf({ cni: Cni.k3s() });
    new K3dCluster(cluster, 'k3d');
    expect(runScript(filesIn(cluster), 'k3d-up.sh', { missing: ['helm', 'flux', 'kind'] })).toMatchObject({ status: 0, stderr: '' });
  });

  test('is POSIX shell', () => {
    for (const { path, text } of whole().filter(({ executable }) => executable)) {
      expect({ path, said: syntaxOf(text) }).toEqual({ path, said: '' });
      expect(text).toMatch(/^#!\/bin\/sh\n(#.*\n)+set -eu\n/);
    }
  });

  test('is refused where the operator of Cilium would wait for a node', () => {
    const cluster = clusterOf();
    cilium(cluster);
    const local = new K3dCluster(cluster, 'k3d', { agents: 0 });
    expect(() => local.toScript()).toThrow('local/k3d (K3dCluster): nodes: given 1; allowed: 2 or more, since Cilium asks for as many. Set `operatorReplicas: 1` there');
  });
});

describe('a tree with clusters to bring up', () => {
  test('has their files in bootstrap/<cluster>, where Flux does not look, and scripts that can be run', () => {
    const outdir = treeOf(cluster => {
      cilium(cluster);
      kyverno(cluster);
      new K3dCluster(cluster, 'k3d');
    });
    const files = filesOf(outdir);
    const names = ['cilium-values.yaml', 'install-cilium.sh', 'install-kyverno.sh', 'k3d-up.sh', 'k3d.yaml', 'kyverno-values.yaml', 'platform.yaml'];
    expect(readdirSync(join(outdir, 'bootstrap/local')).sort()).toEqual(names);
    for (const name of names) {
      expect({ name, executable: isExecutable(join(outdir, 'bootstrap/local', name)) }).toEqual({ name, executable: name.endsWith('.sh') });
    }
    expect(files['bootstrap/local/cilium-values.yaml']).toBe(
      files['rendered/local/cni/flux-system/helmrelease-cilium.yaml']!.split('  values:\n')[1]!.replaceAll(/^ {4}/gm, ''),
    );
    expect(files['bootstrap/local/kyverno-values.yaml']).toBe(
      files['rendered/local/controllers/flux-system/helmrelease-kyverno.yaml']!.split('  values:\n')[1]!.replaceAll(/^ {4}/gm, ''),
    );
    const lists = Object.entries(files).filter(([path]) => path.endsWith('kustomization.yaml'));
    expect(lists.filter(([, text]) => text.includes('bootstrap'))).toEqual([]);
  });

  test('does not leave out files of no cluster', () => {
    const app = new FluxApp({ outdir: temporaryFolder(), layout: FluxLayout.monorepo({ path: 'deploy' }) });
    new FluxCluster(app, 'staging');
    new K3dCluster(app, 'k3d');
    expect(() => app.synth()).toThrow('FluxApp: bootstrap: given files of no cluster: k3d-up.sh, k3d.yaml; allowed: CiliumInstall');
  });

  test('keeps the files of clusters apart', () => {
    const app = new FluxApp({ outdir: temporaryFolder(), layout: FluxLayout.artifact() });
    for (const name of ['staging', 'production']) cilium(new FluxCluster(app, name));
    stderrOf(() => app.synth());
    expect(Object.keys(filesOf(app.outdir)).filter(path => path.startsWith('bootstrap/'))).toEqual([
      'bootstrap/production/cilium-values.yaml', 'bootstrap/production/install-cilium.sh', 'bootstrap/production/platform.yaml',
      'bootstrap/staging/cilium-values.yaml', 'bootstrap/staging/install-cilium.sh', 'bootstrap/staging/platform.yaml',
    ]);
  });
});
