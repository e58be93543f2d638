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
 * Properties for `DenyIngress`.
 */
export interface DenyIngressProps {
  /** The workload that is protected. */
  readonly to: Workload;

  /** Who must not connect; any of them. `Peer.anywhere()` is anyone, the kubelet with its probes included. */
  readonly from: IPeer[];

  /** The ports; any of them. `Port.all()` is every port. */
  readonly ports: Port[];

  /**
   * Whether everything that no policy allows in is denied too.
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
 * Keeps peers from connecting to a workload, whatever is allowed elsewhere. Isolates nothing unless asked. Needs Cilium.
 *
 * A deny of `Peer.anywhere()`, or of the host, stops the probes of the kubelet on these ports too: Cilium lets the node in without being
 * asked, but a deny wins over that as well, and the pods are then restarted as unhealthy. Isolate a workload with `DefaultDeny`, which
 * leaves probes alone, and keep denies for peers that are named.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#deny-policies
 * @example
 *
 * new DenyIngress(chart, 'no-tests', { to: api, from: [Peer.namespace('load-tests')], ports: [Port.all()] });
 */
export class DenyIngress extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: DenyIngressProps) {
    super(scope, id);
    insistProps(this, 'DenyIngressProps', props);
    Platform.of(this)._requireCilium(this, 'a deny', 'A NetworkPolicy only allows: isolate the workload with DefaultDeny and leave the peer out of its allows.');
    const { to, ports, isolate } = props;
    insistOneCluster(this, to, ...props.from);
    const peers = props.from.map(peer => peer.toPeer());
    this.apiObject = addObject(this, ciliumNetworkPolicyManifest(this, {
      name: props.name ?? pairName(this, 'deny', peers, [to.toPeer()], to.namespace),
      namespace: to.namespace,
      endpointSelector: to.selector,
      ingressDeny: ciliumDenies(this, 'ingress', peers, ports, to.namespace).map(({ peers: from, ...rest }) => ({ from, ...rest })),
      enableDefaultDeny: { ingress: isolate ?? false, egress: false },
    }));
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }
}
