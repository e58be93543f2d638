import type { IPodSelector } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { allowBetween } from './allow-between';
import { IPeer } from './i-peer';
import { Peer } from './peer';
import { plusPods } from './plus-interop';
import { Port } from './port';
import { SUBJECT } from './subject';
import { insistProps } from '../platform/insist-props';
import { namespaceOf } from '../platform/namespace-of';
import { where } from '../platform/where';
import { insist, refuse } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';
import { LabelSelector } from '../values/label-selector';
import { dnsLabelProblem } from '../values/names';
import { selectorToString } from '../values/selector';

/**
 * Properties for `Workload`.
 */
export interface WorkloadProps {
  /**
   * Labels of the workload's pods, from the pod template. They should belong to this workload alone.
   *
   * @default - none; give `selector` then
   */
  readonly labels?: { [key: string]: string };

  /**
   * The workload's pods, where labels alone do not say it.
   *
   * @default - the pods with `labels`
   */
  readonly selector?: LabelSelector;

  /**
   * What the workload is called in the names of policies.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Namespace of the workload.
   *
   * @default - the namespace of the tenant or chart that the construct is in
   */
  readonly namespace?: string;
}

/**
 * Options for `Workload.of`.
 */
export interface WorkloadOfOptions {
  /**
   * What the workload is called in the names of policies.
   *
   * @default - the id of the cdk8s-plus construct
   */
  readonly name?: string;

  /**
   * Namespace of the workload.
   *
   * @default - the namespace that the cdk8s-plus construct has, or that of the tenant or chart that it is in
   */
  readonly namespace?: string;

  /**
   * The labels by which policies select the pods; each of them on the pod template. They should belong to this workload alone and
   * stay the same through an upgrade.
   *
   * @default - those that the workload selects its pods by, apart from the address of cdk8s-plus; where there are none, all labels of
   * the pod template that do not change with an upgrade, as `app.kubernetes.io/version` and `helm.sh/chart` do
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Pods of one namespace that do one job: the subject of allows. Policies about it are created below it, and so lie in its chart.
 *
 * @example
 *
 * const api = new Workload(chart, 'api', { namespace: 'payments', labels: { app: 'payments-api' } });
 * const web = Workload.of(deployment);
 * api.allowFrom(web, Port.tcp(8080));
 */
export class Workload extends Construct implements IPeer {
  /**
   * The workload of a cdk8s-plus Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod or `Pods` selection. Pods are selected
   * by what the workload itself selects them by, or by the labels of the pod template that stay through an upgrade, never by the
   * address label of cdk8s-plus, whose value changes when a construct moves. Asked twice, the answer is the same workload.
   *
   * @throws when there is no label to select by, when the pod template does not have one of them, when the namespace is not known, or
   * when a second call wants another name, namespace or labels than the first
   */
  public static of(selector: IPodSelector, options: WorkloadOfOptions = {}): Workload {
    insistArguments('Workload.of', { selector, options });
    const known = selector.node.tryFindChild('Workload');
    if (known && Workload.isWorkload(known)) return known.unlessOther(options);
    const pods = plusPods(selector, options.labels);
    const [own, ...more] = pods.namespaces.kind === 'named' ? pods.namespaces.names : [];
    if (options.namespace === undefined && (more.length > 0 || pods.namespaces.kind === 'labelled' || pods.namespaces.kind === 'any')) {
      refuse(where(selector), 'namespace', {
        given: 'pods of several namespaces',
        allowed: 'pods of one namespace, since a policy selects in its own only',
        mend: 'Pass `namespace` for one of them, and write `new Workload` for each of the others.',
      });
    }
    return new Workload(selector as unknown as Construct, 'Workload', {
      name: options.name ?? selector.node.id.toLowerCase(),
      namespace: options.namespace ?? own,
      selector: LabelSelector._fromData('Workload.of', pods.selector),
    });
  }

  /** Whether a construct is a `Workload`, also one from another copy of this library. */
  public static isWorkload(construct: any): construct is Workload {
    return typeof construct === 'object' && construct !== null && SUBJECT in construct;
  }

  /**
   * Every pod of a namespace.
   *
   * @param namespace the namespace of the scope's tenant or chart when left out
   */
  public static allPods(scope: Construct, id: string, namespace?: string): Workload {
    insistArguments('Workload.allPods', { namespace });
    return new Workload(scope, id, { name: 'all-pods', namespace, selector: LabelSelector.all() });
  }

  /** What the workload is called in the names of policies. */
  public readonly name: string;

  /** Namespace of the workload. */
  public readonly namespace: string;

  /** The workload's pods. */
  public readonly selector: LabelSelector;

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    insistProps(this, 'WorkloadProps', props);
    Object.defineProperty(this, SUBJECT, { value: true });
    const at = where(this);
    this.name = props.name ?? id;
    insist(at, 'name', dnsLabelProblem(this.name));
    this.namespace = namespaceOf(this, props.namespace);
    const hasLabels = Object.keys(props.labels ?? {}).length > 0;
    if (hasLabels === (props.selector !== undefined)) {
      refuse(at, 'pods', {
        given: hasLabels ? 'labels and selector' : 'neither labels nor selector',
        allowed: 'one of them',
        mend: 'Give the labels of the pod template; Workload.allPods means every pod of the namespace.',
      });
    }
    this.selector = props.selector ?? LabelSelector._of(at, props.labels!);
  }

  /**
   * Lets a peer connect to this workload. From another workload both halves are written, each with its own namespace; from a
   * peer, this workload's half.
   *
   * @param peer who may connect
   * @param ports the ports that this workload's pods listen on; at least one
   */
  public allowFrom(peer: IPeer, ...ports: Port[]): void {
    insistArguments('Workload.allowFrom', { peer, ports }, where(this));
    allowBetween(this, { from: peer, to: this, ports });
  }

  /**
   * Lets this workload connect to a peer. To another workload both halves are written, each with its own namespace; to a peer,
   * this workload's half.
   *
   * @param peer who may be connected to
   * @param ports the ports that the peer listens on; at least one
   */
  public allowTo(peer: IPeer, ...ports: Port[]): void {
    insistArguments('Workload.allowTo', { peer, ports }, where(this));
    allowBetween(this, { from: this, to: peer, ports });
  }

  /** The workload as others name it: its pods, in its namespace. */
  public toPeer(): Peer {
    return Peer._ofWorkload(this.selector._selector, this.namespace, this.name);
  }

  /** The workload as assertions name it: its namespace and the labels of its pods, as in `payments/app=payments-api`. */
  public get place(): string {
    return `${this.namespace}/${selectorToString(this.selector._selector) || '*'}`;
  }

  private unlessOther(options: WorkloadOfOptions): Workload {
    for (const option of ['name', 'namespace'] as const) {
      if ((options[option] ?? this[option]) !== this[option]) {
        refuse(where(this), option, {
          given: `'${options[option]}', where an earlier Workload.of said '${this[option]}'`,
          allowed: 'one name and one namespace for a workload',
          mend: 'Pass the options where Workload.of is called first, or write `new Workload` for other pods.',
        });
      }
    }
    const { labels } = options;
    const given = labels && selectorToString({ matchLabels: labels });
    if (given !== undefined && given !== this.selector.toString()) {
      refuse(where(this), 'labels', {
        given: `${given}, where an earlier Workload.of selects by ${this.selector.toString()}`,
        allowed: 'one choice of labels for a workload',
        mend: 'Pass the options where Workload.of is called first, or write `new Workload` for other pods.',
      });
    }
    return this;
  }
}
