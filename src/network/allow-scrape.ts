import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { allowBetween } from './allow-between';
import { Port } from './port';
import { Workload } from './workload';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { Prometheus } from '../platform/prometheus';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/**
 * Properties for `AllowScrape`.
 */
export interface AllowScrapeProps {
  /** The workload whose pods are scraped, each at its own address. `tenant.allPods` is every pod of a tenant. */
  readonly to: Workload;

  /**
   * The ports that serve metrics, as the pods listen on them: those of containers, not of a Service. `Port.named('metrics')` is, on each
   * pod, the container port of that name; pods without one are not opened.
   */
  readonly ports: Port[];

  /**
   * The Prometheus that scrapes.
   *
   * @default - the Prometheus of the platform
   */
  readonly prometheus?: Prometheus;

  /**
   * Name of the object.
   *
   * @default - `allow-<prometheus>-to-<to>`
   */
  readonly name?: string;
}

/**
 * Lets Prometheus scrape a workload: the ingress half at the workload, and the egress half at Prometheus where it is a workload of this
 * app. What Prometheus asks, and how often, its own configuration says.
 *
 * A `TenantNamespace` on a platform with a Prometheus has one for all of its pods, on their ports named `metrics`: it needs this only
 * for ports of another name or number, or instead of that one, with `scrapePorts: []`.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMetricsEndpoint
 * @example
 *
 * new AllowScrape(chart, 'metrics', { to: api, ports: [Port.tcp(9090)] });
 */
export class AllowScrape extends Construct {
  /** The objects, for JSON patches: that of the source first, where there are two. */
  public readonly apiObjects: ApiObject[];

  constructor(scope: Construct, id: string, props: AllowScrapeProps) {
    super(scope, id);
    insistProps(this, 'AllowScrapeProps', props);
    const prometheus = props.prometheus ?? Platform.of(this).prometheus;
    if (!prometheus) {
      refuse(where(this), 'prometheus', {
        given: 'none',
        allowed: 'the Prometheus of the platform, or one given here',
        mend: 'Set `prometheus` on Platform, such as Prometheus.kubePrometheusStack(), or pass `prometheus`.',
      });
    }
    this.apiObjects = allowBetween(this, { from: prometheus.peer, to: props.to, ports: props.ports, name: props.name });
  }
}
