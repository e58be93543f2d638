import { placedPeer } from './placed-peer';
import { Entity } from '../network/entity';
import { IPeer } from '../network/i-peer';
import { Peer } from '../network/peer';
import { insistArguments } from '../values/insist-typed';

/**
 * Options for the presets of a component: where it runs.
 */
export interface ComponentOptions {
  /**
   * Namespace that the component runs in.
   *
   * @default - the namespace that the component is mostly installed into; each preset names it
   */
  readonly namespace?: string;
}

/**
 * What brings in traffic from outside the cluster. Policies name the gateway's pods: it is they that connect to the workloads.
 *
 * @example
 *
 * new Platform(app, 'platform', { gateway: Gateway.envoyGateway({ namespace: 'infra' }) });
 */
export class Gateway {
  /**
   * The proxies of Envoy Gateway, by default in `envoy-gateway-system`.
   *
   * @see https://gateway.envoyproxy.io/docs/
   */
  public static envoyGateway(options: ComponentOptions = {}): Gateway {
    insistArguments('Gateway.envoyGateway', { options });
    return Gateway.pods('envoy-gateway', options.namespace ?? 'envoy-gateway-system', {
      'app.kubernetes.io/managed-by': 'envoy-gateway',
      'app.kubernetes.io/component': 'proxy',
    });
  }

  /** The controller of ingress-nginx, by default in `ingress-nginx`. The project was retired in March 2026. */
  public static ingressNginx(options: ComponentOptions = {}): Gateway {
    insistArguments('Gateway.ingressNginx', { options });
    return Gateway.pods('ingress-nginx', options.namespace ?? 'ingress-nginx', {
      'app.kubernetes.io/name': 'ingress-nginx',
      'app.kubernetes.io/component': 'controller',
    });
  }

  /**
   * Traefik, by default in `traefik`; k3s runs its own in `kube-system`.
   *
   * @see https://doc.traefik.io/traefik/
   */
  public static traefik(options: ComponentOptions = {}): Gateway {
    insistArguments('Gateway.traefik', { options });
    return Gateway.pods('traefik', options.namespace ?? 'traefik', { 'app.kubernetes.io/name': 'traefik' });
  }

  /**
   * Istio's ingress gateway, by default in `istio-system`.
   *
   * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
   */
  public static istio(options: ComponentOptions = {}): Gateway {
    insistArguments('Gateway.istio', { options });
    return Gateway.pods('istio-ingressgateway', options.namespace ?? 'istio-system', { istio: 'ingressgateway' });
  }

  /**
   * Cilium Ingress and Cilium's Gateway API. Its Envoy runs on every node and belongs to no pod, so only a
   * CiliumNetworkPolicy can name it.
   *
   * @see https://docs.cilium.io/en/stable/network/servicemesh/ingress-and-network-policy/
   */
  public static cilium(): Gateway {
    return new Gateway(Peer.entity(Entity.INGRESS));
  }

  /**
   * Any other gateway: a `Peer`, or a `Workload` of this app, for which the gateway's own half is written too.
   *
   * @throws for pods without a namespace, which would be those of each policy's own
   */
  public static of(peer: IPeer): Gateway {
    insistArguments('Gateway.of', { peer });
    return new Gateway(placedPeer('Gateway.of', peer));
  }

  private static pods(name: string, namespace: string, labels: Record<string, string>): Gateway {
    return new Gateway(Peer.pods(labels, { namespace, name }));
  }

  /** Who connects to the workloads. */
  public readonly peer: IPeer;

  private constructor(peer: IPeer) {
    this.peer = peer;
  }
}
