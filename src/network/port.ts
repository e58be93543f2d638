import { IcmpFamily } from './icmp-family';
import type { PortSpec } from './port-spec';
import { Protocol } from './protocol';
import { insist } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';
import { portNameProblem } from '../values/names';
import { icmpTypeProblem, portNumberProblem, portRangeProblem } from '../values/ports';

/**
 * A port that traffic may use: always the one that the pod listens on (`targetPort`), never the port of its Service, because
 * policies see the traffic after the Service has been resolved.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports
 * @example
 *
 * api.allowFrom(web, Port.tcp(8080), Port.tcpRange(9000, 9010));
 */
export class Port {
  /** A TCP port, 1 to 65535. */
  public static tcp(port: number): Port { return Port.single('Port.tcp', Protocol.TCP, port); }

  /** A UDP port, 1 to 65535. */
  public static udp(port: number): Port { return Port.single('Port.udp', Protocol.UDP, port); }

  /** An SCTP port, 1 to 65535. On Cilium the platform must have declared SCTP. */
  public static sctp(port: number): Port { return Port.single('Port.sctp', Protocol.SCTP, port); }

  /** TCP ports from `start` to `end`, both included. */
  public static tcpRange(start: number, end: number): Port { return Port.range('Port.tcpRange', Protocol.TCP, start, end); }

  /** UDP ports from `start` to `end`, both included. */
  public static udpRange(start: number, end: number): Port { return Port.range('Port.udpRange', Protocol.UDP, start, end); }

  /** SCTP ports from `start` to `end`, both included. */
  public static sctpRange(start: number, end: number): Port { return Port.range('Port.sctpRange', Protocol.SCTP, start, end); }

  /**
   * A port by the name that the destination's container gives it. Where no container of the destination has a port of this
   * name and protocol, nothing is allowed; towards addresses and hosts outside the cluster only a number is taken.
   *
   * @param name at most 15 lower-case letters, digits and single hyphens, with at least one letter
   * @param protocol TCP when left out
   */
  public static named(name: string, protocol: Protocol = Protocol.TCP): Port {
    insistArguments('Port.named', { name, protocol });
    insist('Port.named', 'port name', portNameProblem(name));
    return new Port({ kind: 'named', protocol, name });
  }

  /** Every TCP port. */
  public static allTcp(): Port { return new Port({ kind: 'protocol', protocol: Protocol.TCP }); }

  /** Every UDP port. */
  public static allUdp(): Port { return new Port({ kind: 'protocol', protocol: Protocol.UDP }); }

  /** Every SCTP port. */
  public static allSctp(): Port { return new Port({ kind: 'protocol', protocol: Protocol.SCTP }); }

  /** Every port of every protocol, ICMP included. Covers all others, so it stands alone. */
  public static all(): Port { return new Port({ kind: 'all' }); }

  /**
   * An ICMP message type, which is not a port but is allowed like one. Needs Cilium.
   *
   * @param type 0 to 255; 8 is the echo request of IPv4, 128 that of IPv6
   * @param family IPv4 when left out
   * @see https://docs.cilium.io/en/stable/security/policy/layer4/#icmp
   */
  public static icmp(type: number, family: IcmpFamily = IcmpFamily.IPV4): Port {
    insistArguments('Port.icmp', { type, family });
    insist('Port.icmp', 'type', icmpTypeProblem(type));
    return new Port({ kind: 'icmp', family, type });
  }

  private static single(factory: string, protocol: Protocol, port: number): Port {
    insist(factory, 'port', portNumberProblem(port));
    return new Port({ kind: 'number', protocol, port });
  }

  private static range(factory: string, protocol: Protocol, start: number, end: number): Port {
    insist(factory, 'range', portRangeProblem(start, end));
    return new Port({ kind: 'number', protocol, port: start, endPort: end });
  }

  /** @internal */
  public readonly _portSpec: PortSpec;

  private constructor(spec: PortSpec) {
    this._portSpec = spec;
  }

  /** The port as people write it: `TCP/8080`, `UDP/5000-5010`, `TCP/http`, `ICMP/8`, `all`. */
  public toString(): string {
    const spec = this._portSpec;
    switch (spec.kind) {
      case 'all': return 'all';
      case 'protocol': return `${spec.protocol}/*`;
      case 'named': return `${spec.protocol}/${spec.name}`;
      case 'icmp': return `${spec.family === IcmpFamily.IPV4 ? 'ICMP' : 'ICMPv6'}/${spec.type}`;
      case 'number': return `${spec.protocol}/${spec.port}${spec.endPort === undefined ? '' : `-${spec.endPort}`}`;
    }
  }
}
