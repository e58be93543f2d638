import type { DnsNames } from './dns-names';
import { type Match } from './party';

/** The request that is sent over a connection. Parts that are left out are not asked about. */
export interface Request {
  readonly http?: HttpRequest;
  /** The DNS name that is asked for. */
  readonly dns?: string;
  /** The server name of the TLS handshake; empty for a handshake without one. */
  readonly sni?: string;
  readonly kafka?: KafkaRequest;
}

/** Parts that are left out may be anything: where a rule asks for one of them, the answer depends on it. */
export interface HttpRequest {
  readonly method?: string;
  /** Path with its query, as the client sends it. */
  readonly path?: string;
  /** With the port, where the client sends it. */
  readonly host?: string;
  /** An empty value is that of a header that is not sent. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface KafkaRequest {
  readonly role?: string;
  readonly apiKey?: string;
  readonly apiVersion?: string;
  readonly clientID?: string;
  readonly topic?: string;
}

/** What is taken of the requests over a connection. */
export interface L7 {
  /** One text for each kind of request that is taken, sorted: `GET /api/.*`, `dns *.example.com`. */
  readonly texts: readonly string[];
  /** The names that the DNS proxy lets be asked for; only of rules for DNS. */
  readonly asks?: DnsNames;
  matches(request: Request): Match;
}
