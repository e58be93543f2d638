import { ComponentOptions } from './gateway';
import { placedPeer } from './placed-peer';
import { IPeer } from '../network/i-peer';
import { Peer } from '../network/peer';
import { Port } from '../network/port';
import { refuse } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';

/**
 * Where workloads push their metrics, logs and traces.
 *
 * @example
 *
 * new Platform(app, 'platform', { telemetry: TelemetryCollector.openTelemetry() });
 */
export class TelemetryCollector {
  /**
   * The OpenTelemetry Collector on its OTLP ports 4317 and 4318, by default in `monitoring`.
   *
   * @see https://opentelemetry.io/docs/collector/
   */
  public static openTelemetry(options: ComponentOptions = {}): TelemetryCollector {
    insistArguments('TelemetryCollector.openTelemetry', { options });
    return TelemetryCollector.otlp('opentelemetry-collector', options);
  }

  /**
   * Grafana Alloy on its OTLP ports 4317 and 4318, by default in `monitoring`.
   *
   * @see https://grafana.com/docs/alloy/latest/
   */
  public static grafanaAlloy(options: ComponentOptions = {}): TelemetryCollector {
    insistArguments('TelemetryCollector.grafanaAlloy', { options });
    return TelemetryCollector.otlp('alloy', options);
  }

  /**
   * Any other collector: a `Peer`, or a `Workload` of this app, for which the collector's own half is written too.
   *
   * @throws without a port, and for pods without a namespace, which would be those of each policy's own
   */
  public static of(peer: IPeer, ...ports: Port[]): TelemetryCollector {
    insistArguments('TelemetryCollector.of', { peer, ports });
    if (ports.length === 0) {
      refuse('TelemetryCollector.of', 'ports', { given: 'none', allowed: 'at least one port', mend: 'Name the ports that the collector listens on.' });
    }
    return new TelemetryCollector(placedPeer('TelemetryCollector.of', peer), ports);
  }

  private static otlp(name: string, options: ComponentOptions): TelemetryCollector {
    const peer = Peer.pods({ 'app.kubernetes.io/name': name }, { namespace: options.namespace ?? 'monitoring', name });
    return new TelemetryCollector(peer, [Port.tcp(4317), Port.tcp(4318)]);
  }

  /** Who the workloads connect to. */
  public readonly peer: IPeer;

  /** The ports that the collector listens on. */
  public readonly ports: Port[];

  private constructor(peer: IPeer, ports: Port[]) {
    this.peer = peer;
    this.ports = ports;
  }
}
