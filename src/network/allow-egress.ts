import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { pairName } from './allow-name';
import { writeHalf } from './half';
import { IPeer } from './i-peer';
import { insistOneCluster } from './one-cluster';
import { Port } from './port';
import { Workload } from './workload';
import { insistProps } from '../platform/insist-props';

/**
 * Properties for `AllowEgress`.
 */
export interface AllowEgressProps {
  /** The workload that connects. */
  readonly from: Workload;

  /** Who may be connected to; any of them. `Peer.anywhere()` is anyone. */
  readonly to: IPeer[];

  /** The ports that the peers listen on; any of them. `Port.all()` is every port. */
  readonly ports: Port[];

  /**
   * Name of the object.
   *
   * @default - `allow-<from>-to-<to>`
   */
  readonly name?: string;
}

/**
 * Lets a workload connect to peers: the egress half only. Where the peers are isolated for ingress, they need theirs too;
 * `Allow` and `Workload.allowTo` write both.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @example
 *
 * new AllowEgress(chart, 'ledger', { from: api, to: [Peer.cidr('192.0.2.10/32', { name: 'ledger' })], ports: [Port.tcp(5432)] });
 */
export class AllowEgress extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AllowEgressProps) {
    super(scope, id);
    insistProps(this, 'AllowEgressProps', props);
    const { from, ports } = props;
    insistOneCluster(this, from, ...props.to);
    const peers = props.to.map(peer => peer.toPeer());
    this.apiObject = writeHalf(this, {
      direction: 'egress',
      name: props.name ?? pairName(this, 'allow', [from.toPeer()], peers, from.namespace),
      namespace: from.namespace,
      subject: from.selector,
      peers,
      ports,
    });
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }
}
