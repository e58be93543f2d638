import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { allowBetween } from './allow-between';
import { insistGiven, PORTS, WORKLOAD } from './given';
import { Port } from './port';
import { Workload } from './workload';
import { Platform } from '../platform/platform';
import { Prometheus } from '../platform/prometheus';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/**
 * Properties for `AllowScrape`.
 */
export interface AllowScrapeProps {
  /** The workload that is scraped. */
  readonly to: Workload;

  /** The ports that serve metrics. */
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
 * Lets Prometheus scrape a workload.
 *
 * @example
 *
 * new AllowScrape(chart, 'metrics', { to: api, ports: [Port.tcp(9090)] });
 */
export class AllowScrape extends Construct {
  /** The objects, for JSON patches: that of the source first, where there are two. */
  public readonly apiObjects: ApiObject[];

  constructor(scope: Construct, id: string, props: AllowScrapeProps) {
    super(scope, id);
    insistGiven(this, props, { to: WORKLOAD, ports: PORTS });
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
