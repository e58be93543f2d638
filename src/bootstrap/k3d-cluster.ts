import { Construct } from 'constructs';
import { addBootstrapPart } from './bootstrap-parts';
import { checkFluxBootstrap } from './check-flux-bootstrap';
import { countProblem } from './check-install';
import { FluxBootstrap } from './flux-bootstrap';
import { K3dPort, K3sComponent } from './k3d-options';
import { BROUGHT_ALONG, checkNodeImage, isCniOneOf, replacesKubeProxy, stepsOf } from './local-cluster';
import { quoted } from './shell';
import { upScript } from './up-script';
import { printYaml } from '../manifests/print-yaml';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { ENGINES } from '../target/cni-engines';
import { insist, refuse } from '../values/guardrails-error';
import { dnsLabelProblem } from '../values/names';
import { portNumberProblem } from '../values/ports';
import { problem } from '../values/problem';

/**
 * Properties for `K3dCluster`.
 */
export interface K3dClusterProps {
  /**
   * Name of the cluster, at most 32 characters.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Nodes of the control plane: an odd number.
   *
   * @default 1
   */
  readonly servers?: number;

  /**
   * Other nodes.
   *
   * @default 2
   */
  readonly agents?: number;

  /**
   * Image of the nodes, such as `rancher/k3s:v1.33.5-k3s1`, of the Kubernetes that the Platform says. Give one where versions are not to
   * come from whoever runs the script.
   *
   * @default - that of the k3d that runs
   */
  readonly image?: string;

  /**
   * What k3s shall not bring along.
   *
   * @default [K3sComponent.TRAEFIK]
   */
  readonly disable?: K3sComponent[];

  /**
   * Ports of the host that lead to the load balancer of the cluster.
   *
   * @default - none
   */
  readonly ports?: K3dPort[];

  /**
   * Flux, as the last step of the script.
   *
   * @default - none
   */
  readonly flux?: FluxBootstrap;
}

/**
 * A cluster of k3s in containers, as the config file of k3d and a script that brings it up, with what the `CiliumInstall` and
 * `KyvernoInstall` of its Platform install, in the right order.
 *
 * The CNI is that of the Platform: flannel and the policy controller of k3s are left out unless the Platform says `Cni.k3s()`. So are
 * kube-proxy where Cilium does its work, and the ranges of k3s where the Platform has others.
 *
 * Below a `FluxCluster` the files lie in `bootstrap/<cluster>`, where Flux does not look.
 *
 * @see https://k3d.io/stable/usage/configfile/
 * @example
 *
 * const cluster = new FluxCluster(new FluxApp(), 'local');
 * new CiliumInstall(cluster.cni, 'cilium', { version: '1.18.5' });
 * new KyvernoInstall(cluster.controllers, 'kyverno', { version: '3.9.0' });
 * new K3dCluster(cluster, 'k3d', { name: 'platform-local', image: 'rancher/k3s:v1.33.5-k3s1' });
 */
export class K3dCluster extends Construct {
  /** Name of the cluster. */
  public readonly name: string;

  /** Name of its context in the kubeconfig. */
  public readonly contextName: string;

  private readonly servers: number;
  private readonly agents: number;

  constructor(scope: Construct, id: string, private readonly props: K3dClusterProps = {}) {
    super(scope, id);
    insistProps(this, 'K3dClusterProps', props);
    this.name = props.name ?? id;
    this.contextName = `k3d-${this.name}`;
    this.servers = props.servers ?? 1;
    this.agents = props.agents ?? 2;
    this.check();
    addBootstrapPart({
      construct: this,
      files: () => [{ path: 'k3d.yaml', text: this.toYaml() }, { path: 'k3d-up.sh', text: this.toScript(), executable: true }],
    });
  }

  /** The text of `k3d.yaml`. */
  public toYaml(): string {
    const { image, ports = [] } = this.props;
    return printYaml({
      apiVersion: 'k3d.io/v1alpha5',
      kind: 'Simple',
      metadata: { name: this.name },
      servers: this.servers,
      agents: this.agents,
      image,
      ports: ports.length > 0 ? ports.map(renderPort) : undefined,
      options: { k3s: { extraArgs: this.k3sArguments().map(arg => ({ arg, nodeFilters: ['server:*'] })) } },
    });
  }

  /** The text of `k3d-up.sh`, a POSIX shell script that reads the files beside it. */
  public toScript(): string {
    return upScript(this.name, {
      name: 'k3d',
      file: 'k3d-up.sh',
      exists: `k3d cluster list ${quoted(this.name)} > /dev/null 2>&1`,
      // Cilium mounts file systems that other containers have to see, and a container's root is not shared by itself.
      create: 'K3D_FIX_MOUNTS=1 k3d cluster create --config k3d.yaml',
      context: this.contextName,
    }, stepsOf(this, this.servers + this.agents, BROUGHT_ALONG.k3d, this.props.flux));
  }

  private k3sArguments(): string[] {
    const platform = Platform.of(this);
    const { podCidrs, serviceCidrs } = platform;
    const disabled = [...new Set(this.props.disable ?? [K3sComponent.TRAEFIK])].sort();
    return [
      ...disabled.map(component => `--disable=${component}`),
      ...isCniOneOf(platform, [ENGINES.k3s]) ? [] : ['--disable-network-policy'],
      ...isCniOneOf(platform, BROUGHT_ALONG.k3d) ? [] : ['--flannel-backend=none'],
      ...replacesKubeProxy(this) ? ['--disable-kube-proxy'] : [],
      ...podCidrs.length > 0 ? [`--cluster-cidr=${podCidrs.join(',')}`] : [],
      ...serviceCidrs.length > 0 ? [`--service-cidr=${serviceCidrs.join(',')}`] : [],
    ];
  }

  private check(): void {
    const at = where(this);
    const { image, ports = [], flux } = this.props;
    const platform = Platform.of(this);
    // k3d takes no more, since Docker names containers by it. Nothing that is let through has a `$`, which k3d would expand.
    insist(at, 'name', dnsLabelProblem(this.name, 32));
    insist(at, 'servers', countProblem(this.servers, 1));
    if (this.servers % 2 === 0) {
      refuse(at, 'servers', problem(this.servers, 'an odd number, since half of them is no majority', 'Take one more or one less.'));
    }
    insist(at, 'agents', countProblem(this.agents, 0));
    if (image !== undefined) checkNodeImage(at, image, platform.kubernetes);
    for (const { host, cluster } of ports) {
      insist(at, 'ports.host', portNumberProblem(host));
      insist(at, 'ports.cluster', portNumberProblem(cluster));
    }
    if (flux) checkFluxBootstrap(at, flux, platform.flux);
  }
}

function renderPort({ host, cluster }: K3dPort): object {
  return { port: `127.0.0.1:${host}:${cluster}`, nodeFilters: ['loadbalancer'] };
}
