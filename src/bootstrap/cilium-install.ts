import { Construct } from 'constructs';
import { addRelease } from './add-release';
import { addBootstrapPart } from './bootstrap-parts';
import { chartValues } from './chart-values';
import { countProblem, insistVersion, repositoryProblem } from './check-install';
import { CiliumIpam } from './cilium-install-options';
import { CiliumInstallProps } from './cilium-install-props';
import { CILIUM_OWNED, ciliumValues, podCidrsV4 } from './cilium-values';
import { type HelmInstall, installFiles, installScript, valuesYaml } from './helm-install';
import { pauseProblem } from '../flux/flux-duration';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { ENGINES } from '../target/cni-engines';
import { insist, refuse } from '../values/guardrails-error';
import { dnsSubdomainProblem } from '../values/names';
import { portNumberProblem } from '../values/ports';
import { problem } from '../values/problem';

/**
 * Cilium, from a cluster without network to one that Flux keeps: the values and script of the first install, which Flux cannot do, since
 * its own pods need a network; and the HelmRelease that adopts it, with the same values, byte for byte.
 *
 * What policies depend on is taken from the Platform, so that what is declared is what is installed. Put it into the stage `cni` of a
 * `FluxCluster`: values and script then lie in `bootstrap/<cluster>`, where Flux does not look.
 *
 * @see https://docs.cilium.io/en/stable/installation/k8s-install-helm/
 * @example
 *
 * const cluster = new FluxCluster(new FluxApp(), 'staging', {
 *   platform: { cni: Cni.cilium('1.18', { nodeSelectors: true }), podCidrs: ['10.42.0.0/16'] },
 * });
 * new CiliumInstall(cluster.cni, 'cilium', { version: '1.18.5', hubble: { ui: true }, wireGuard: { strict: true } });
 */
export class CiliumInstall extends Construct {
  /** Exact version. */
  public readonly version: string;

  private readonly install: HelmInstall;

  constructor(scope: Construct, id: string, props: CiliumInstallProps) {
    super(scope, id);
    insistProps(this, 'CiliumInstallProps', props);
    const at = where(this);
    const platform = Platform.of(this);
    check(at, props, platform);
    this.version = props.version;
    this.install = {
      title: 'Cilium',
      name: 'cilium',
      version: props.version,
      repository: props.repository ?? 'https://helm.cilium.io/',
      namespace: 'kube-system',
      createNamespace: false,
      isCni: true,
      nodesNeeded: props.operatorReplicas ?? 2,
      replacesKubeProxy: props.kubeProxyReplacement !== undefined,
      values: chartValues(at, ciliumValues(props, platform), props.values ?? {}, CILIUM_OWNED),
    };
    addRelease(this, this.install, props);
    addBootstrapPart({ construct: this, install: this.install, files: () => installFiles(this.install) });
  }

  /** The text of `cilium-values.yaml`. */
  public toValuesYaml(): string {
    return valuesYaml(this.install);
  }

  /** The text of `install-cilium.sh`, a POSIX shell script that reads `cilium-values.yaml` beside it. */
  public toScript(): string {
    return installScript(this.install);
  }
}

function check(at: string, props: CiliumInstallProps, platform: Platform): void {
  const { hubble, wireGuard, kubeProxyReplacement, operatorReplicas, imagePullPolicy, ipam, repository } = props;
  const minor = platform.cni.name === ENGINES.cilium.name ? platform.cni.ciliumVersion : undefined;
  if (minor === undefined) {
    refuse(at, 'platform', problem(platform.cni.name, 'Cilium', 'Set `cni: Cni.cilium(...)` on the Platform, or install another CNI.'));
  }
  insistVersion(at, props.version, minor, `Cilium ${minor}`);
  if (repository !== undefined) insist(at, 'repository', repositoryProblem(repository));
  if (imagePullPolicy !== undefined && !['Always', 'IfNotPresent', 'Never'].includes(imagePullPolicy)) {
    refuse(at, 'imagePullPolicy', problem(imagePullPolicy, 'Always, IfNotPresent or Never', 'Name one of them.'));
  }
  if (operatorReplicas !== undefined) insist(at, 'operatorReplicas', countProblem(operatorReplicas, 1));
  if (hubble?.ui && hubble.relay === false) {
    refuse(at, 'hubble.ui', problem(true, 'true beside relay, which the UI shows the flows of', 'Leave `relay` out.'));
  }
  const { apiServerHost, apiServerPort } = kubeProxyReplacement ?? {};
  if (apiServerHost !== undefined) insist(at, 'kubeProxyReplacement.apiServerHost', dnsSubdomainProblem(apiServerHost));
  if (apiServerPort !== undefined) insist(at, 'kubeProxyReplacement.apiServerPort', portNumberProblem(apiServerPort));
  checkDnsProxy(at, props);
  checkRanges(at, platform, { 'ipam CLUSTER_POOL': ipam === CiliumIpam.CLUSTER_POOL, 'wireGuard.strict': wireGuard?.strict ?? false });
}

function checkDnsProxy(at: string, { dnsProxy = {} }: CiliumInstallProps): void {
  const { minTtl, maxIpsPerName, maxResponseDelay } = dnsProxy;
  if (maxResponseDelay !== undefined) insist(at, 'dnsProxy.maxResponseDelay', pauseProblem(maxResponseDelay));
  for (const [what, number] of Object.entries({ minTtl, maxIpsPerName })) {
    if (number === undefined || (Number.isInteger(number) && number >= 0)) continue;
    refuse(at, `dnsProxy.${what}`, problem(number, 'a whole number, 0 or more', 'Leave it out for what the chart has.'));
  }
}

/** Strict mode takes a single range; a pool at least one. */
function checkRanges(at: string, platform: Platform, used: Record<string, boolean>): void {
  const ranges = podCidrsV4(platform);
  for (const [what, isUsed] of Object.entries(used)) {
    if (!isUsed || ranges.length === 1) continue;
    if (ranges.length > 1 && what.startsWith('ipam')) continue;
    refuse(at, what, problem(
      ranges, 'a Platform with one IPv4 range of pods', 'Say `podCidrs` on the Platform, such as [\'10.42.0.0/16\'] for k3s.',
    ));
  }
}
