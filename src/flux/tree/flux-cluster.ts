import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { BOOTSTRAP } from './layout-plan';
import { type Stage, STAGES } from './stage';
import { insistProps } from '../../platform/insist-props';
import { Platform } from '../../platform/platform';
import { PlatformProps } from '../../platform/platform-props';
import { where } from '../../platform/where';
import { insist } from '../../values/guardrails-error';
import { dnsLabelProblem, serviceAccountNameProblem } from '../../values/names';
import { type Problem, problem } from '../../values/problem';
import { insistAll, intervalProblem, pauseProblem } from '../flux-duration';

/**
 * Properties for `FluxCluster`.
 */
export interface FluxClusterProps {
  /**
   * What the cluster is: versions, CNI, components.
   *
   * @default - a Platform with every default
   */
  readonly platform?: PlatformProps;

  /**
   * Namespace of the Flux Kustomizations, where their source is too.
   *
   * @default 'flux-system'
   */
  readonly fluxNamespace?: string;

  /**
   * Service account that Flux applies the cluster as. Under multi-tenancy lockdown it has to be named.
   *
   * @default 'kustomize-controller'
   * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
   */
  readonly serviceAccountName?: string;

  /**
   * How often Flux looks whether the cluster is still as it should be, as a Go duration.
   *
   * @default '1h'
   */
  readonly interval?: string;

  /**
   * How soon Flux tries again after a failure, as a Go duration.
   *
   * @default '2m'
   */
  readonly retryInterval?: string;

  /**
   * How long Flux waits for objects to be ready, as a Go duration. For the stages `cni` and `controllers` it is at least 15 minutes,
   * which Helm may need.
   *
   * @default '5m'
   */
  readonly timeout?: string;
}

/**
 * A cluster of a `FluxApp`: its Platform, and five stages, in the order in which Flux applies them. A stage is a chart: put constructs or
 * further charts below it.
 *
 * What lies in the namespace of a tenant is filed with that tenant, from whatever stage it is.
 *
 * @example
 *
 * const app = new FluxApp({ outdir: 'deploy' });
 * const staging = new FluxCluster(app, 'staging', { platform: { cni: Cni.cilium('1.18') } });
 * new TenantRole(staging.policies, 'tenant-role');
 * new KyvernoRequireLimits(staging.policies, 'limits', { action: PolicyAction.ENFORCE });
 * new TenantNamespace(staging.tenants, 'payments', { team: 'payments', removal: RemovalPolicy.RETAIN });
 * app.synth();
 */
export class FluxCluster extends Construct {
  /** What the cluster is. */
  public readonly platform: Platform;

  /** The network plugin. It is never pruned: what leaves the program stays in the cluster. */
  public readonly cni: Chart;

  /** Operators with their CustomResourceDefinitions, such as Kyverno and the Prometheus operator. */
  public readonly controllers: Chart;

  /** What holds in the whole cluster: policies, roles, namespaces of the platform. */
  public readonly policies: Chart;

  /** Tenants, each with a Kustomization of its own, so that a bad object holds up one tenant. */
  public readonly tenants: Chart;

  /** What runs. Workloads in the namespace of a tenant wait for that tenant, others for the policies. */
  public readonly apps: Chart;

  /** @internal */
  public readonly _props: FluxClusterProps;

  constructor(scope: Construct, id: string, props: FluxClusterProps = {}) {
    super(scope, id);
    insistProps(this, 'FluxClusterProps', props);
    insist(where(this), 'id', folderProblem(id));
    insistAll(where(this), props, ['fluxNamespace'], dnsLabelProblem);
    insistAll(where(this), props, ['serviceAccountName'], serviceAccountNameProblem);
    insistAll(where(this), props, ['interval'], intervalProblem);
    insistAll(where(this), props, ['retryInterval', 'timeout'], pauseProblem);
    this._props = props;
    this.platform = new Platform(this, 'platform', props.platform);
    this.cni = new Chart(this, 'cni');
    this.controllers = new Chart(this, 'controllers');
    this.policies = new Chart(this, 'policies');
    this.tenants = new Chart(this, 'tenants');
    this.apps = new Chart(this, 'apps');
  }

  /**
   * The stage that a construct of this cluster lies in.
   *
   * @internal
   */
  public get _stages(): [Stage, Chart][] {
    return STAGES.map(stage => [stage, this[stage]]);
  }
}

function folderProblem(id: string): Problem | undefined {
  return id === BOOTSTRAP ? problem(id, 'a name that is no folder of the tree itself', 'Take another.') : dnsLabelProblem(id);
}
