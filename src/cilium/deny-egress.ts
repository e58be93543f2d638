import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ciliumNetworkPolicyManifest } from './cilium-network-policy-manifest';
import { ciliumDenies } from './render-denies';
import { pairName } from '../network/allow-name';
import { IPeer } from '../network/i-peer';
import { insistOneCluster } from '../network/one-cluster';
import { Port } from '../network/port';
import { Workload } from '../network/workload';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { Platform } from '../platform/platform';

/**
 * Properties for `DenyEgress`.
 */
export interface DenyEgressProps {
  /** The workload that is held back. */
  readonly from: Workload;

  /** Who must not be connected to; any of them. `Peer.anywhere()` is anyone. */
  readonly to: IPeer[];

  /** The ports; any of them. `Port.all()` is every port. */
  readonly ports: Port[];

  /**
   * Whether everything that no policy allows out is denied too.
   *
   * @default false
   */
  readonly isolate?: boolean;

  /**
   * Name of the object.
   *
   * @default - `deny-<from>-to-<to>`
   */
  readonly name?: string;
}

/**
 * Keeps a workload from connecting to peers, whatever is allowed elsewhere. Isolates nothing unless asked. Needs Cilium.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#deny-policies
 * @example
 *
 * new DenyEgress(chart, 'no-smtp', { from: api, to: [Peer.anywhere()], ports: [Port.tcp(25)] });
 */
export class DenyEgress extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: DenyEgressProps) {
    super(scope, id);
    insistProps(this, 'DenyEgressProps', props);
    Platform.of(this)._requireCilium(this, 'a deny', 'A NetworkPolicy only allows: isolate the workload with DefaultDeny and leave the peer out of its allows.');
    const { from, ports, isolate } = props;
    insistOneCluster(this, from, ...props.to);
    const peers = props.to.map(peer => peer.toPeer());
    this.apiObject = addObject(this, ciliumNetworkPolicyManifest(this, {
      name: props.name ?? pairName(this, 'deny', [from.toPeer()], peers, from.namespace),
      namespace: from.namespace,
      endpointSelector: from.selector,
      egressDeny: ciliumDenies(this, 'egress', peers, ports, from.namespace).map(({ peers: to, ...rest }) => ({ to, ...rest })),
      enableDefaultDeny: { ingress: false, egress: isolate ?? false },
    }));
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }
}
