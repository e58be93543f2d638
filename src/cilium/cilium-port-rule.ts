import { DnsRule } from './dns-rule';
import { EnvoyListener } from './envoy-listener';
import { HttpRule } from './http-rule';
import { KafkaRule } from './kafka-rule';
import { TlsContext } from './tls-context';
import { Port } from '../network/port';

/**
 * Ports, and what may be said on them. Of `http`, `dns` and `kafka` at most one; without any of them everything may be said.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/
 */
export interface CiliumPortRule {
  /**
   * The ports; any of them.
   */
  readonly ports: Port[];

  /**
   * The HTTP requests that are allowed; any of them. All ports must be TCP.
   *
   * @default - no HTTP rule
   */
  readonly http?: HttpRule[];

  /**
   * The DNS names that may be looked up; any of them. Egress only.
   *
   * @default - no DNS rule
   */
  readonly dns?: DnsRule[];

  /**
   * The Kafka requests that are allowed; any of them. All ports must be TCP. Cilium 1.20 no longer has them.
   *
   * @default - no Kafka rule
   */
  readonly kafka?: KafkaRule[];

  /**
   * The server names (SNI) that a TLS connection may ask for; any of them. A leading `*.` stands for one label, from Cilium 1.18.
   *
   * @default - any, and none
   */
  readonly serverNames?: string[];

  /**
   * How Cilium answers TLS connections in the place of the destination, so that it can read what is said.
   *
   * @default - TLS is passed on unread
   */
  readonly terminatingTls?: TlsContext;

  /**
   * How Cilium opens TLS connections in the place of the source.
   *
   * @default - what Cilium reads is passed on in the clear
   */
  readonly originatingTls?: TlsContext;

  /**
   * An Envoy listener of yours that the traffic is sent through. Egress only, and without HTTP, DNS or Kafka rules.
   *
   * @default - none
   */
  readonly listener?: EnvoyListener;
}
