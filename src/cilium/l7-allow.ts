import type { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { AuthenticationMode } from './authentication-mode';
import { ciliumNetworkPolicyManifest } from './cilium-network-policy-manifest';
import type { CiliumPortRule } from './cilium-port-rule';
import { DnsRule } from './dns-rule';
import { dnsVisibility } from './dns-visibility';
import { HttpRule } from './http-rule';
import { insistOutside } from './insist-outside';
import { KafkaRule } from './kafka-rule';
import { L7Enforcement } from './l7-enforcement';
import { groupByKind } from './render-items';
import { searchDomains } from './search-domains';
import { pairName } from '../network/allow-name';
import { orderedData, orderedPeers } from '../network/canonical-order';
import { type Half, writeHalf } from '../network/half';
import { IPeer } from '../network/i-peer';
import { insistOneCluster } from '../network/one-cluster';
import type { Peer } from '../network/peer';
import { Port } from '../network/port';
import { checkPeersAndPorts, type Direction } from '../network/rule-checks';
import { freeId, type Subject, subjectOf } from '../network/subject';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/**
 * Properties for `L7Allow`. Exactly one of `http`, `dns`, `kafka` and `serverNames`.
 */
export interface L7AllowProps {
  /** Who may connect; any of them. */
  readonly from: IPeer[];

  /**
   * Who is connected to.
   *
   * @default - the platform's resolver for `dns`; required otherwise
   */
  readonly to?: IPeer;

  /**
   * The port that `to` listens on.
   *
   * @default - the resolver's ports for `dns`; required otherwise
   */
  readonly port?: Port;

  /**
   * The HTTP requests that are allowed, gRPC calls among them; any of them.
   *
   * @default - none
   */
  readonly http?: HttpRule[];

  /**
   * The DNS names that may be looked up; any of them. The workloads must be left out of any broader allow for DNS, with
   * `AllowDns.exempt`.
   *
   * @default - none
   */
  readonly dns?: DnsRule[];

  /**
   * The Kafka requests that are allowed; any of them. Cilium up to 1.19.
   *
   * @default - none
   */
  readonly kafka?: KafkaRule[];

  /**
   * The server names (SNI) that a TLS connection may ask for; any of them.
   *
   * @default - none
   */
  readonly serverNames?: string[];

  /**
   * At which end the rules are enforced. At the destination they hold for everyone; at the source only for those named, which is
   * the choice for peers that are no workload of this app.
   *
   * @default - at the destination where `to` is a workload, at the source otherwise
   */
  readonly enforcement?: L7Enforcement;

  /**
   * Whether the peers must prove who they are. Needs mutual authentication.
   *
   * @default - not asked
   */
  readonly authentication?: AuthenticationMode;

  /**
   * Name of the object at the destination; that of each source has `-<from>` behind it. Another source adds an object and renames
   * none.
   *
   * @default - `allow-<from>-to-<to>-l7`; in one namespace the halves are told apart by `-egress` and `-ingress` behind it
   */
  readonly name?: string;
}

/** A policy of an L7Allow, as a child of the workload that it is about. */
class L7Half extends Construct {}

// Errors name the class of a construct: here what the user wrote.
Object.defineProperty(L7Half, 'name', { value: 'L7Allow' });

/**
 * Lets peers connect to a workload and say only what is listed: HTTP and gRPC requests, DNS names, Kafka requests or TLS server
 * names. The rules are written where they are enforced, and a plain allow at the other end. Costs a proxy on the way: meant for
 * trust boundaries. A plain allow for the same pair and port makes the rules void.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/
 * @example
 *
 * new L7Allow(chart, 'api-l7', {
 *   to: api, from: [web], port: Port.tcp(8080),
 *   http: [HttpRule.get(HttpPath.prefix('/api/v1')), HttpRule.post(HttpPath.exact('/api/v1/payments'))],
 * });
 */
export class L7Allow extends Construct {
  /** The objects that carry the rules, for JSON patches: one at the destination, or one for each source. */
  public readonly apiObjects: ApiObject[] = [];

  /** The plain allows at the other end. */
  public readonly plainApiObjects: ApiObject[] = [];

  constructor(scope: Construct, id: string, props: L7AllowProps) {
    super(scope, id);
    insistProps(this, 'L7AllowProps', props);
    insistOneCluster(this, ...props.from, ...(props.to ? [props.to] : []));
    const platform = Platform.of(this);
    platform._requireCilium(this, 'L7 rules');
    const resolver = ruleKind(this, props) === 'dns' ? platform.dns : undefined;
    const to = props.to ? [props.to.toPeer()] : resolver?._peers(platform.cni) ?? missing(this, 'to', 'who is connected to');
    insistOutside(this, 'to', to);
    const ports = props.port ? [props.port] : resolver?.ports ?? missing(this, 'port', 'the port that `to` listens on');
    const destination = props.to && subjectOf(props.to);
    const sources = props.from.map(subjectOf).filter(source => source !== undefined);
    const enforcement = props.enforcement ?? (destination && !resolver ? L7Enforcement.DESTINATION : L7Enforcement.SOURCE);
    checkEnds(this, enforcement, destination, sources.length === props.from.length);

    const from = props.from.map(peer => peer.toPeer());
    checkPeersAndPorts(this, 'ingress', from, ports);
    const meets = (namespace: string) => namespace === destination?.namespace && sources.some(source => source.namespace === namespace);
    const suffix = (direction: Direction, namespace: string) => (meets(namespace) ? `-l7-${direction}` : '-l7');
    for (const source of sources) {
      const name = props.name !== undefined ? `${props.name}-${source.name}` : egressName(this, props, source, to, suffix('egress', source.namespace));
      this.write(props, enforcement === L7Enforcement.SOURCE, source, { direction: 'egress', peers: to, ports, name });
    }
    if (destination) {
      const { namespace } = destination;
      const name = props.name ?? pairName(this, 'allow', from, [destination.toPeer()], namespace, suffix('ingress', namespace));
      this.write(props, enforcement === L7Enforcement.DESTINATION, destination, { direction: 'ingress', peers: from, ports, name });
    }
  }

  /** One end of the connection: with the rules where they are enforced, plain otherwise. */
  private write(props: L7AllowProps, isEnforced: boolean, subject: Subject, end: End): void {
    const place = new L7Half(subject as unknown as Construct, freeId(subject, end.name));
    const half = { ...end, namespace: subject.namespace, subject: subject.selector };
    if (isEnforced) this.apiObjects.push(l7Object(place, half, props));
    else this.plainApiObjects.push(writeHalf(place, half));
  }
}

type End = Pick<Half, 'direction' | 'peers' | 'ports' | 'name'>;

function ruleKind(construct: IConstruct, props: L7AllowProps): 'http' | 'dns' | 'kafka' | 'serverNames' {
  const kinds = (['http', 'dns', 'kafka', 'serverNames'] as const).filter(kind => props[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    return refuse(where(construct), 'rules', {
      given: kinds.length > 1 ? kinds.join(' and ') : 'none',
      allowed: 'one of http, dns, kafka and serverNames',
      mend: 'Write an L7Allow for each; without any rule it would be a plain Allow.',
    });
  }
  return kind;
}

function missing(construct: IConstruct, what: string, allowed: string): never {
  return refuse(where(construct), what, { given: 'none', allowed, mend: `Pass \`${what}\`; only \`dns\` knows it without, from the platform.` });
}

function checkEnds(construct: IConstruct, enforcement: L7Enforcement, destination: Subject | undefined, allSourcesKnown: boolean): void {
  if (enforcement === L7Enforcement.DESTINATION && !destination) {
    refuse(where(construct), 'enforcement', {
      given: 'the destination, which is no workload of this app',
      allowed: 'a destination that is a Workload, or enforcement at the source',
      mend: 'Make `to` a Workload, or leave `enforcement` out.',
    });
  }
  if (enforcement === L7Enforcement.SOURCE && !allSourcesKnown) {
    refuse(where(construct), 'from', {
      given: 'a peer that is no workload of this app',
      allowed: 'workloads only, where the rules are enforced at the source',
      mend: 'Make every source a Workload, or enforce the rules at the destination.',
    });
  }
}

function egressName(construct: IConstruct, props: L7AllowProps, source: Subject, to: Peer[], suffix: string): string {
  if (props.dns && !props.to) return `allow-${source.name}-to-dns${suffix}`;
  return pairName(construct, 'allow', [source.toPeer()], to, source.namespace, suffix);
}

/** The rules, in an order that does not depend on how they were given, where their order means nothing. */
function orderedRules({ http, dns, kafka, serverNames }: L7AllowProps, domains: string[]): Omit<CiliumPortRule, 'ports'> {
  return {
    http: http?.some(rule => rule._changesRequests) ? http : http && orderedData(http, rule => rule._render()),
    dns: dns && orderedData(dns, rule => rule._render()).flatMap(rule => rule._withSearchDomains(domains)),
    kafka: kafka && orderedData(kafka),
    serverNames: serverNames && orderedData(serverNames),
  };
}

function l7Object(place: Construct, half: Half, props: L7AllowProps): ApiObject {
  const { direction, name, namespace, subject: endpointSelector, ports } = half;
  const platform = Platform.of(place);
  const peers = orderedPeers(half.peers, namespace);
  const toPorts = [{ ports, ...orderedRules(props, searchDomains(namespace, platform)) }];
  const items = groupByKind(peers).map(group => ({ group, toPorts, authentication: props.authentication }));
  const visibility = peers.some(peer => peer._spec.kind === 'fqdn') ? dnsVisibility(platform, namespace) : [];
  return addObject(place, ciliumNetworkPolicyManifest(place, direction === 'ingress'
    ? { name, namespace, endpointSelector, ingress: items.map(({ group: from, ...rest }) => ({ from, ...rest })) }
    : { name, namespace, endpointSelector, egress: [...items.map(({ group: to, ...rest }) => ({ to, ...rest })), ...visibility] }));
}
