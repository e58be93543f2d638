import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Entity } from './entity';
import { writeHalf } from './half';
import { Peer } from './peer';
import { Port } from './port';
import { Workload } from './workload';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';

/**
 * Properties for `AllowWebhook`.
 */
export interface AllowWebhookProps {
  /** The workload that serves the webhook. */
  readonly to: Workload;

  /** The ports that `to` serves it on, such as 9443. */
  readonly ports: Port[];

  /**
   * Name of the object.
   *
   * @default - `allow-kube-apiserver-to-<to>`
   */
  readonly name?: string;
}

/**
 * Lets the API server call a workload's webhook. On Cilium the call comes from the API server, from a node, or, on a managed
 * control plane that `Platform` declares as tunnelled, from a pod of the cluster. On other CNIs no policy can name the API
 * server: there the port is opened to anyone, and the webhook's own TLS has to tell callers apart.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#entities-based
 * @example
 *
 * new AllowWebhook(chart, 'webhook', { to: certManager, ports: [Port.tcp(10250)] });
 */
export class AllowWebhook extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AllowWebhookProps) {
    super(scope, id);
    insistProps(this, 'AllowWebhookProps', props);
    const { to, ports } = props;
    this.apiObject = writeHalf(this, {
      direction: 'ingress',
      name: props.name ?? `allow-kube-apiserver-to-${to.name}`,
      namespace: to.namespace,
      subject: to.selector,
      peers: callers(Platform.of(this)),
      ports,
    });
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }
}

function callers(platform: Platform): Peer[] {
  if (!platform.cni.enforcesCiliumPolicy) return [Peer.anywhere()];
  const entities = [Entity.KUBE_APISERVER, Entity.REMOTE_NODE, Entity.HOST, ...(platform.apiServerTunnelled ? [Entity.CLUSTER] : [])];
  return entities.map(entity => Peer.entity(entity));
}
