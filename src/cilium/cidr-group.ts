import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Peer } from '../network/peer';
import { CidrPeerOptions } from '../network/peer-options';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { CIDR_GROUP_V2, ciliumHas } from '../target/cilium-features';
import { cidrProblem, sortCidrs } from '../values/cidr';
import { insist } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';

/**
 * Properties for `CidrGroup`.
 */
export interface CidrGroupProps {
  /**
   * The ranges, in CIDR notation.
   */
  readonly externalCidrs: string[];

  /**
   * Name of the object.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Labels of the object, by which `Peer.cidrGroups` finds it.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * A list of address ranges that policies refer to by name: it changes in one place. Needs Cilium.
 *
 * @see https://docs.cilium.io/en/stable/network/kubernetes/ciliumcidrgroup/
 * @example
 *
 * const offices = new CidrGroup(chart, 'offices', { externalCidrs: ['203.0.113.0/24', '198.51.100.0/24'] });
 * api.allowFrom(offices.peer(), Port.tcp(8443));
 */
export class CidrGroup extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  /** Name of the group. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: CidrGroupProps) {
    super(scope, id);
    insistProps(this, 'CidrGroupProps', props);
    const platform = Platform.of(this);
    platform._requireCilium(this, 'a CIDR group', 'List the ranges with Peer.cidr.');
    props.externalCidrs.forEach(cidr => insist(where(this), 'externalCidrs', cidrProblem(cidr)));
    this.name = props.name ?? id;
    const version = ciliumHas(CIDR_GROUP_V2, platform.cni.ciliumVersion!) ? 'v2' : 'v2alpha1';
    this.apiObject = addObject(this, {
      apiVersion: `cilium.io/${version}`,
      kind: 'CiliumCIDRGroup',
      metadata: { name: this.name, labels: props.labels },
      spec: { externalCIDRs: sortCidrs([...new Set(props.externalCidrs)]) },
    });
  }

  /** The addresses of the group. */
  public peer(options: CidrPeerOptions = {}): Peer {
    insistArguments('CidrGroup.peer', { options }, where(this));
    return Peer.cidrGroup(this.name, options);
  }
}
