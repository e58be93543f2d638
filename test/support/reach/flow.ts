import type { Endpoint } from './endpoint';

export type Protocol = 'TCP' | 'UDP' | 'SCTP' | 'ICMP';

/** One connection to ask about. */
export interface Flow {
  /**
   * Who opens the connection: a Pod manifest, or one of
   * `ns/name` (a Pod, or a workload by the name of its controller), `node:name` (a node other than the pod's own),
   * `ip:203.0.113.7` (an address outside the cluster), `fqdn:api.example.com` (the same, known by name only),
   * `entity:host` (the node that the pod runs on), `entity:remote-node`, `entity:kube-apiserver` (where it runs is not known),
   * `entity:ingress`, `entity:health`, `entity:init`, `entity:unmanaged`, `entity:world` (an IPv4 address outside that no policy names).
   */
  readonly from: string | object;
  /** Who is called. Written like `from`. */
  readonly to: string | object;
  /** Port that the destination listens on, or the name that the destination gives to it. Required unless the protocol is ICMP. */
  readonly port?: number | string;
  /** @default - ICMP when `icmpType` is given, else TCP */
  readonly protocol?: Protocol;
  readonly icmpType?: number;
  /** @default 'IPv4' */
  readonly icmpFamily?: 'IPv4' | 'IPv6';
  /**
   * The request that is sent. Without any of `http`, `dns`, `kafka` and `sni` the question is only whether the connection opens:
   * rules for requests then count as an allow.
   */
  readonly http?: HttpRequest;
  /** The DNS name that is asked for. */
  readonly dns?: string;
  /** The server name of the TLS handshake; the empty string is a handshake without one. */
  readonly sni?: string;
  readonly kafka?: KafkaRequest;
}

export interface HttpRequest {
  /** @default 'GET' */
  readonly method?: string;
  /** Path with its query, as sent. @default '/' */
  readonly path?: string;
  /** @default '' */
  readonly host?: string;
  readonly headers?: Record<string, string>;
}

export interface KafkaRequest {
  readonly role?: string;
  readonly apiKey?: string;
  readonly apiVersion?: string;
  readonly clientID?: string;
  readonly topic?: string;
}

/** A flow with its ends looked up and its defaults filled in. */
export interface Connection extends Flow {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly port?: number;
  readonly protocol: Protocol;
}

export type Direction = 'ingress' | 'egress';

/** What the policies of one end say. */
export interface Half {
  readonly allowed: boolean;
  readonly why: string[];
}
