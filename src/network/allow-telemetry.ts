import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { allowBetween } from './allow-between';
import { Workload } from './workload';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { TelemetryCollector } from '../platform/telemetry-collector';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/**
 * Properties for `AllowTelemetry`.
 */
export interface AllowTelemetryProps {
  /** The workload that pushes. */
  readonly from: Workload;

  /**
   * The collector, with its ports.
   *
   * @default - the collector of the platform
   */
  readonly collector?: TelemetryCollector;

  /**
   * Name of the object.
   *
   * @default - `allow-<from>-to-<collector>`
   */
  readonly name?: string;
}

/**
 * Lets a workload push its telemetry to a collector.
 *
 * @example
 *
 * new AllowTelemetry(chart, 'traces', { from: api, collector: TelemetryCollector.openTelemetry() });
 */
export class AllowTelemetry extends Construct {
  /** The objects, for JSON patches: that of the source first, where there are two. */
  public readonly apiObjects: ApiObject[];

  constructor(scope: Construct, id: string, props: AllowTelemetryProps) {
    super(scope, id);
    insistProps(this, 'AllowTelemetryProps', props);
    const collector = props.collector ?? Platform.of(this).telemetry;
    if (!collector) {
      refuse(where(this), 'collector', {
        given: 'none',
        allowed: 'the collector of the platform, or one given here',
        mend: 'Set `telemetry` on Platform, such as TelemetryCollector.openTelemetry(), or pass `collector`.',
      });
    }
    this.apiObjects = allowBetween(this, { from: props.from, to: collector.peer, ports: collector.ports, name: props.name });
  }
}
