import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { writeHalf } from './half';
import { Peer } from './peer';
import { Port } from './port';
import { Workload } from './workload';
import { insistProps } from '../platform/insist-props';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { METADATA_ADDRESSES, PRIVATE_RANGES, WIRE_SERVER } from '../target/addresses';
import { cidrContains, cidrProblem, parseCidr, sortCidrs } from '../values/cidr';
import { insist, refuse } from '../values/guardrails-error';

/**
 * Properties for `AllowInternet`.
 */
export interface AllowInternetProps {
  /** The workload that connects. */
  readonly from: Workload;

  /** The ports; any of them. */
  readonly ports: Port[];

  /**
   * Ranges that are left out besides the private ones, the metadata services' addresses and the platform's own; `::/0` leaves out
   * IPv6 as a whole.
   *
   * @default - none
   */
  readonly except?: string[];

  /**
   * Name of the object.
   *
   * @default - `allow-<from>-to-internet`
   */
  readonly name?: string;
}

/**
 * Lets a workload connect to the internet: to every address but those of ranges that are not global and that something inside may
 * answer on (private, shared, link-local, loopback, benchmarking, local NAT64 and their like), those of the cloud's metadata service,
 * Azure's 168.63.129.16 among them, and the pod, service and node ranges of the platform. For hosts that have a name, `AllowFqdn`
 * opens far less.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml
 * @example
 *
 * new AllowInternet(chart, 'internet', { from: crawler, ports: [Port.tcp(443)] });
 */
export class AllowInternet extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AllowInternetProps) {
    super(scope, id);
    insistProps(this, 'AllowInternetProps', props);
    const { from, ports } = props;
    const at = where(this);
    props.except?.forEach(cidr => insist(at, 'except', cidrProblem(cidr)));
    const { cni, podCidrs, serviceCidrs, nodeCidrs, apiServerCidrs } = Platform.of(this);
    if (cni._cilium.cidrMatchesPods) this.insistKnown('podCidrs', podCidrs);
    if (cni._cilium.cidrMatchesNodes) this.insistKnown('nodeCidrs', nodeCidrs);
    const closed = outermost([
      ...PRIVATE_RANGES, ...METADATA_ADDRESSES, WIRE_SERVER.address, ...podCidrs, ...serviceCidrs, ...nodeCidrs, ...apiServerCidrs,
      ...props.except ?? [],
    ]);
    const world = ['0.0.0.0/0', '::/0'].filter(cidr => !closed.includes(cidr)).map(cidr => {
      const family = parseCidr(cidr)!.family;
      return Peer.cidr(cidr, { except: closed.filter(range => parseCidr(range)!.family === family) });
    });
    if (world.length === 0) {
      refuse(at, 'except', {
        given: '0.0.0.0/0 and ::/0',
        allowed: 'ranges that leave something of the internet',
        mend: 'Leave one family of addresses, or leave the construct out: nothing would be allowed.',
      });
    }
    this.apiObject = writeHalf(this, {
      direction: 'egress',
      name: props.name ?? `allow-${from.name}-to-internet`,
      namespace: from.namespace,
      subject: from.selector,
      peers: world,
      ports,
    });
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }

  /** Where a CIDR matches pods or nodes, what is not known to be theirs would be opened with the world. */
  private insistKnown(field: 'podCidrs' | 'nodeCidrs', cidrs: string[]): void {
    if (cidrs.length > 0) return;
    refuse(where(this), 'platform', {
      given: `no ${field}, on a Cilium whose CIDRs match them`,
      allowed: `a platform that says ${field}`,
      mend: `Set ${field} on Platform, so that they can be left out.`,
    });
  }
}

/** The ranges without those that lie in another one. */
function outermost(ranges: string[]): string[] {
  const unique = sortCidrs([...new Set(ranges)]);
  return unique.filter(inner => !unique.some(outer => outer !== inner && cidrContains(parseCidr(outer)!, parseCidr(inner)!)));
}
