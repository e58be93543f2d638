import { ComponentOptions } from './gateway';
import { placedPeer } from './placed-peer';
import { IPeer } from '../network/i-peer';
import { Peer } from '../network/peer';
import { insistArguments } from '../values/insist-typed';

/**
 * The Prometheus, or an agent in its place, that scrapes workloads.
 *
 * @example
 *
 * new Platform(app, 'platform', { prometheus: Prometheus.kubePrometheusStack() });
 */
export class Prometheus {
  /**
   * The server of kube-prometheus-stack or of the Prometheus operator, by default in `monitoring`.
   *
   * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
   */
  public static kubePrometheusStack(options: ComponentOptions = {}): Prometheus {
    insistArguments('Prometheus.kubePrometheusStack', { options });
    return Prometheus.pods('prometheus', { 'app.kubernetes.io/name': 'prometheus' }, options);
  }

  /**
   * Grafana Alloy, by default in `monitoring`.
   *
   * @see https://grafana.com/docs/alloy/latest/
   */
  public static grafanaAlloy(options: ComponentOptions = {}): Prometheus {
    insistArguments('Prometheus.grafanaAlloy', { options });
    return Prometheus.pods('alloy', { 'app.kubernetes.io/name': 'alloy' }, options);
  }

  /**
   * Any other scraper: a `Peer`, or a `Workload` of this app, for which the scraper's own half is written too.
   *
   * @throws for pods without a namespace, which would be those of each policy's own
   */
  public static of(peer: IPeer): Prometheus {
    insistArguments('Prometheus.of', { peer });
    return new Prometheus(placedPeer('Prometheus.of', peer));
  }

  private static pods(name: string, labels: Record<string, string>, options: ComponentOptions): Prometheus {
    return new Prometheus(Peer.pods(labels, { namespace: options.namespace ?? 'monitoring', name }));
  }

  /** Who connects to the workloads. */
  public readonly peer: IPeer;

  private constructor(peer: IPeer) {
    this.peer = peer;
  }
}
