import type { Question } from '../../../src/reach';
import type { Flow } from '../../support/reach';

type EngineProbe = Omit<Question, 'from' | 'to'>;
type NaiveProbe = Omit<Flow, 'from' | 'to'>;

/** A question, as the engine and as the evaluator of the tests wants it. */
export interface ProbePair {
  readonly engine: EngineProbe;
  readonly naive: NaiveProbe;
}

/** A request of which the engine is not told all: of what it is sure, that holds for any of them. */
const partly = (port: number, asked: NaiveProbe['http'], all: NaiveProbe['http']): ProbePair => ({ engine: { port, http: asked }, naive: { port, http: all } });

const same = (probe: { port: number; protocol?: 'TCP' | 'UDP' | 'SCTP' } & Omit<NaiveProbe, 'port' | 'protocol'>): ProbePair => ({ engine: probe, naive: probe });

/** Ports at the edges of what random policies name, and requests that some of their rules take. */
export const PROBES: readonly ProbePair[] = [
  ...[1, 79, 80, 90, 91, 8080, 9090, 65535].map(port => same({ port })),
  same({ port: 53, protocol: 'UDP' }),
  same({ port: 80, protocol: 'UDP' }),
  same({ port: 80, protocol: 'SCTP' }),
  same({ port: 80, http: { method: 'GET', path: '/', host: '', headers: { 'X-Team': '' } } }),
  same({ port: 80, http: {} }),
  partly(80, {}, { method: 'POST', path: '/v1/pay', host: 'api.x', headers: { 'X-Team': 'red' } }),
  partly(8080, { path: '/v1/pay' }, { method: 'POST', path: '/v1/pay', host: 'api.x', headers: { 'X-Team': 'blue' } }),
  partly(80, { method: 'GET', path: '/v1/a' }, { method: 'GET', path: '/v1/a', headers: { 'X-Team': 'red' } }),
  partly(80, { method: 'GET', headers: { 'x-team': 'blue' } }, { method: 'GET', path: '/v1/pay', headers: { 'X-Team': 'blue' } }),
  same({ port: 80, http: { path: '/v1/' } }),
  same({ port: 8080, http: { method: 'POST', path: '/v1/pay', host: 'api.x' } }),
  same({ port: 8080, http: { path: '/v1/%2e./%761/a?b=c', headers: { 'x-team': 'red' } } }),
  same({ port: 80, http: { method: 'HEAD', path: '/v1//a', headers: { 'X-Team': 'blue' } } }),
  same({ port: 53, protocol: 'UDP', dns: 'api.example.com' }),
  same({ port: 53, protocol: 'UDP', dns: 'a.b.example.com' }),
  same({ port: 80, sni: 'api.example.com' }),
  same({ port: 80, sni: '' }),
  { engine: { port: 8, protocol: 'ICMP' }, naive: { protocol: 'ICMP', icmpType: 8 } },
  { engine: { port: 0, protocol: 'ICMP' }, naive: { protocol: 'ICMP', icmpType: 0 } },
  { engine: { port: 128, protocol: 'ICMPv6' }, naive: { protocol: 'ICMP', icmpType: 128, icmpFamily: 'IPv6' } },
  { engine: { port: 129, protocol: 'ICMPv6' }, naive: { protocol: 'ICMP', icmpType: 129, icmpFamily: 'IPv6' } },
];

/** An end that is no workload, as both call it. */
export interface PlacePair {
  readonly engine: string;
  readonly naive: string;
}

const place = (scheme: string, text: string, engine = text): PlacePair => ({ engine, naive: `${scheme}:${text}` });

export const ADDRESSES = ['203.0.113.7', '203.0.113.200', '198.51.100.200', '10.0.0.77', '8.8.8.8', '2001:db8::1', '2600::1'].map(ip => place('ip', ip));
export const NAMES = ['api.example.com', 'www.shop.example.com', 'other.org'].map(name => place('fqdn', name));
export const NODES = [place('entity', 'host'), place('entity', 'remote-node'), place('entity', 'kube-apiserver'), place('node', 'n1', 'node:n1')];
export const IDENTITIES = ['ingress', 'health', 'init', 'unmanaged'].map(name => place('entity', name));
/** The world is sure of what holds for all of these public addresses. */
export const WORLD = ['203.0.113.7', '203.0.113.200', '198.51.100.200', '8.8.8.8', '64.0.0.1', '200.0.0.1'].map(ip => place('ip', ip, 'world'));
