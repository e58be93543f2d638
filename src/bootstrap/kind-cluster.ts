import { Construct } from 'constructs';
import { addBootstrapPart } from './bootstrap-parts';
import { checkFluxBootstrap } from './check-flux-bootstrap';
import { countProblem } from './check-install';
import { FluxBootstrap } from './flux-bootstrap';
import { BROUGHT_ALONG, checkNodeImage, isCniOneOf, replacesKubeProxy, stepsOf } from './local-cluster';
import { quoted } from './shell';
import { upScript } from './up-script';
import { printYaml } from '../manifests/print-yaml';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { parseCidr } from '../values/cidr';
import { insist, refuse } from '../values/guardrails-error';
import { dnsLabelProblem } from '../values/names';
import { problem } from '../values/problem';

/** With the longest suffix that kind gives a node, a name still has 63 characters. */
const LONGEST_NAME = 63 - '-control-plane99'.length;

/**
 * Properties for `KindCluster`.
 */
export interface KindClusterProps {
  /**
   * Name of the cluster, at most 47 characters.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Nodes of the control plane: an odd number.
   *
   * @default 1
   */
  readonly controlPlanes?: number;

  /**
   * Other nodes.
   *
   * @default 2
   */
  readonly workers?: number;

  /**
   * Image of the nodes, such as `kindest/node:v1.33.4`, best with its digest, of the Kubernetes that the Platform says. Give one where
   * versions are not to come from whoever runs the script.
   *
   * @default - that of the kind that runs
   */
  readonly image?: string;

  /**
   * Flux, as the last step of the script.
   *
   * @default - none
   */
  readonly flux?: FluxBootstrap;
}

/**
 * A cluster of Kubernetes in containers, as the config file of kind and a script that brings it up, with what the `CiliumInstall` and
 * `KyvernoInstall` of its Platform install, in the right order.
 *
 * The CNI is that of the Platform: kindnet is left out unless the Platform says `Cni.kindnet()`. So are kube-proxy where Cilium does its
 * work, and the ranges of kind where the Platform has others.
 *
 * Below a `FluxCluster` the files lie in `bootstrap/<cluster>`, where Flux does not look.
 *
 * @see https://kind.sigs.k8s.io/docs/user/configuration/
 * @example
 *
 * const cluster = new FluxCluster(new FluxApp(), 'local');
 * new CiliumInstall(cluster.cni, 'cilium', { version: '1.18.5' });
 * new KindCluster(cluster, 'kind', { name: 'platform-local', workers: 1 });
 */
export class KindCluster extends Construct {
  /** Name of the cluster. */
  public readonly name: string;

  /** Name of its context in the kubeconfig. */
  public readonly contextName: string;

  private readonly controlPlanes: number;
  private readonly workers: number;

  constructor(scope: Construct, id: string, private readonly props: KindClusterProps = {}) {
    super(scope, id);
    insistProps(this, 'KindClusterProps', props);
    this.name = props.name ?? id;
    this.contextName = `kind-${this.name}`;
    this.controlPlanes = props.controlPlanes ?? 1;
    this.workers = props.workers ?? 2;
    this.check();
    addBootstrapPart({
      construct: this,
      files: () => [{ path: 'kind.yaml', text: this.toYaml() }, { path: 'kind-up.sh', text: this.toScript(), executable: true }],
    });
  }

  /** The text of `kind.yaml`. */
  public toYaml(): string {
    const platform = Platform.of(this);
    const { podCidrs, serviceCidrs } = platform;
    const families = new Set(podCidrs.map(cidr => parseCidr(cidr)!.family));
    const networking = {
      disableDefaultCNI: isCniOneOf(platform, BROUGHT_ALONG.kind) ? undefined : true,
      ipFamily: families.size > 1 ? 'dual' : families.has(6) ? 'ipv6' : undefined,
      kubeProxyMode: replacesKubeProxy(this) ? 'none' : undefined,
      podSubnet: podCidrs.length > 0 ? podCidrs.join(',') : undefined,
      serviceSubnet: serviceCidrs.length > 0 ? serviceCidrs.join(',') : undefined,
    };
    return printYaml({
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      kind: 'Cluster',
      name: this.name,
      networking: Object.values(networking).some(value => value !== undefined) ? networking : undefined,
      nodes: [...this.nodes('control-plane', this.controlPlanes), ...this.nodes('worker', this.workers)],
    });
  }

  /** The text of `kind-up.sh`, a POSIX shell script that reads the files beside it. */
  public toScript(): string {
    return upScript(this.name, {
      name: 'kind',
      file: 'kind-up.sh',
      exists: `kind get clusters 2> /dev/null | grep -qxF ${quoted(this.name)}`,
      create: 'kind create cluster --config kind.yaml',
      context: this.contextName,
    }, stepsOf(this, this.controlPlanes + this.workers, BROUGHT_ALONG.kind, this.props.flux));
  }

  private nodes(role: string, count: number): object[] {
    return Array.from({ length: count }, () => ({ role, image: this.props.image }));
  }

  private check(): void {
    const at = where(this);
    const { image, flux } = this.props;
    const platform = Platform.of(this);
    insist(at, 'name', dnsLabelProblem(this.name, LONGEST_NAME));
    insist(at, 'controlPlanes', countProblem(this.controlPlanes, 1));
    if (this.controlPlanes % 2 === 0) {
      refuse(at, 'controlPlanes', problem(this.controlPlanes, 'an odd number, since half of them is no majority', 'Take one more or one less.'));
    }
    insist(at, 'workers', countProblem(this.workers, 0));
    if (image !== undefined) checkNodeImage(at, image, platform.kubernetes);
    if (flux) checkFluxBootstrap(at, flux, platform.flux);
  }
}
