import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { pairName } from './allow-name';
import { writeHalf } from './half';
import { IPeer } from './i-peer';
import { insistOneCluster } from './one-cluster';
import { Port } from './port';
import { Workload } from './workload';
import { AuthenticationMode } from '../cilium/authentication-mode';
import { insistProps } from '../platform/insist-props';

/**
 * Properties for `AllowIngress`.
 */
export interface AllowIngressProps {
  /** The workload that is connected to. */
  readonly to: Workload;

  /** Who may connect; any of them. `Peer.anywhere()` is anyone. */
  readonly from: IPeer[];

  /** The ports that `to` listens on; any of them. `Port.all()` is every port. */
  readonly ports: Port[];

  /**
   * Name of the object.
   *
   * @default - `allow-<from>-to-<to>`
   */
  readonly name?: string;

  /**
   * Whether the peers must prove who they are. Needs Cilium with mutual authentication.
   *
   * @default - not asked
   */
  readonly authentication?: AuthenticationMode;
}

/**
 * Lets peers connect to a workload: the ingress half only. Where the peers are isolated for egress, they need theirs too;
 * `Allow` and `Workload.allowFrom` write both.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @example
 *
 * new AllowIngress(chart, 'office', { to: api, from: [Peer.cidr('203.0.113.0/24', { name: 'office' })], ports: [Port.tcp(8443)] });
 */
export class AllowIngress extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AllowIngressProps) {
    super(scope, id);
    insistProps(this, 'AllowIngressProps', props);
    const { to, ports, authentication } = props;
    insistOneCluster(this, to, ...props.from);
    const peers = props.from.map(peer => peer.toPeer());
    this.apiObject = writeHalf(this, {
      direction: 'ingress',
      name: props.name ?? pairName(this, 'allow', peers, [to.toPeer()], to.namespace),
      namespace: to.namespace,
      subject: to.selector,
      peers,
      ports,
      authentication,
    });
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }
}
