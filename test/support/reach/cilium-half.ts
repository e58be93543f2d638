import { isIP } from 'node:net';
import { isReserved } from './cilium-identity';
import type { L7Options } from './cilium-l7';
import { isRestricted, requestMatches } from './cilium-l7';
import type { Item, Rule } from './cilium-rule';
import type { PortEntry, PortRule } from './cilium-spec';
import { dnsMatches } from './dns-name';
import type { Endpoint } from './endpoint';
import { namedPorts } from './endpoint';
import type { Connection, Direction, Half } from './flow';
import { icmpType } from './icmp-type';

export interface HalfOptions extends L7Options {
  /** Whether every endpoint is isolated: policyEnforcementMode always. */
  readonly always: boolean;
}

/**
 * What the policies of one end say, read as Cilium enforces them: denies first, then the union of all allows, requests last.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/
 */
export function ciliumHalf(direction: Direction, connection: Connection, rules: Rule[], resolvers: Endpoint[], options: HalfOptions): Half {
  const [subject, peer] = direction === 'egress'
    ? [connection.source, connection.destination]
    : [connection.destination, connection.source];
  const selecting = rules.filter((rule) => rule.selects(subject));
  const learnable = (name: string) => selecting.some((rule) => asksFor(rule, name, options))
    || resolvers.some((resolver) => asksAnything(selecting, subject, resolver));
  // What `fromRequires` of any item wants, every peer needs that an item of the same kind names by a selector.
  const matches = (items: Item[]) => (item: Item) => {
    const isRequired = () => items.every((one) => one.requires(peer));
    const isMeant = item.matchesPeer(peer, learnable) || (item.matchesBySelector(peer, learnable) && isRequired());
    return isMeant ? portRulesOf(item, connection) : [];
  };

  const denies = selecting.flatMap((rule) => rule[direction].deny);
  const denying = denies.filter((item) => matches(denies)(item).length > 0);
  if (denying.length > 0) return { allowed: false, why: denying.map((item) => `${item.title} denies`) };
  // Probes of the kubelet have to work under default deny, for any request.
  if (direction === 'ingress' && isReserved(peer, 'host') && !isReserved(subject, 'host', 'remote-node')) {
    return { allowed: true, why: ['a node always reaches its own endpoints'] };
  }
  const isolating = selecting.filter((rule) => rule[direction].defaultDeny);
  const isIsolated = isolating.length > 0 || (options.always && isEndpoint(subject));
  const allows = selecting.flatMap((rule) => rule[direction].allow);
  // The mode for tests lets nobody authenticate.
  const allowing = allows.filter(({ authentication }) => authentication !== 'test-always-fail').flatMap((item) => matches(allows)(item).map((portRule) => ({ item, portRule })));
  const through = allowing.filter(({ portRule }) => !isRestricted(portRule) || requestMatches(portRule, connection, options));
  if (through.length > 0) return { allowed: true, why: through.map(({ item, portRule }) => allowsText(item, portRule)) };
  // Where nothing isolates, a rule for requests only makes them visible.
  if (!isIsolated) return { allowed: true, why: ['no policy isolates'] };
  return {
    allowed: false,
    why: [
      ...allowing.map(({ item }) => `${item.title} allows other requests only`),
      ...isolating.map((rule) => `${rule.title} isolates and nothing allows`),
    ],
  };
}

function isEndpoint(subject: Endpoint): boolean {
  return subject.kind === 'pod' ? !subject.hostNetwork : isReserved(subject, 'health', 'ingress', 'init');
}

/** The DNS proxy learns the addresses of the names that it lets pass. */
function asksFor(rule: Rule, name: string, { minor }: L7Options): boolean {
  return rule.egress.allow.some((item) => item.toPorts.some((portRule) =>
    (portRule.rules?.dns ?? []).some((selector) => dnsMatches(selector, name, minor >= 19))));
}

/** Beside a rule for names, one that takes every request lets all questions through the proxy. */
function asksAnything(rules: Rule[], source: Endpoint, destination: Endpoint): boolean {
  const items = rules.flatMap((rule) => rule.egress.allow)
    .filter((item) => item.matchesPeer(destination, () => false) || item.matchesBySelector(destination, () => false));
  const isProxied = (portRule: PortRule) => (portRule.rules?.dns ?? []).length > 0;
  const ports = items.flatMap((item) => item.toPorts).filter(isProxied).flatMap((portRule) => portRule.ports ?? []);
  return ports.some((entry) => (['TCP', 'UDP'] as const).some((protocol) => {
    const asked = { from: source.name, to: destination.name, source, destination, protocol, port: Number(entry?.port) };
    const taking = items.flatMap((item) => portRulesOf(item, asked));
    return taking.some(isProxied) && taking.some((portRule) => !isRestricted(portRule));
  }));
}

/** The port rules of an item that take the connection; a rule for any port where the item names none. */
function portRulesOf(item: Item, connection: Connection): PortRule[] {
  if (item.icmps.length > 0) {
    const family = connection.icmpFamily ?? 'IPv4';
    const asked = connection.protocol === 'ICMP' && isOfFamily(connection.source, family) && isOfFamily(connection.destination, family) && item.icmps.some((field) =>
      (field.family ?? 'IPv4') === family && icmpType(field.type, family) === connection.icmpType);
    return asked ? [{}] : [];
  }
  if (item.toPorts.length === 0) return [{}];
  return item.toPorts.filter((portRule) => (portRule.ports ?? []).some((port) => portMatches(port, connection)));
}

/** An address speaks the ICMP of its own family only. */
function isOfFamily(endpoint: Endpoint, family: 'IPv4' | 'IPv6'): boolean {
  return endpoint.kind !== 'outside' || endpoint.ip === undefined || (isIP(endpoint.ip) === 6) === (family === 'IPv6');
}

function portMatches({ port, endPort, protocol = 'ANY' }: PortEntry, connection: Connection): boolean {
  const any = protocol === 'ANY' || protocol === '';
  if (port === '0' && any) return true;
  if (connection.port === undefined || (!any && protocol !== connection.protocol)) return false;
  if (port === '0') return true;
  if (!/^[0-9]+$/.test(port)) return namedPorts(connection.destination, port.toLowerCase(), connection.protocol).includes(connection.port);
  return Number(port) <= connection.port && connection.port <= (endPort || Number(port));
}

function allowsText(item: Item, portRule: PortRule): string {
  const authenticated = item.authentication === 'required' ? ', if both ends authenticate' : '';
  return `${item.title} allows${isRestricted(portRule) ? ' some requests' : ''}${authenticated}`;
}
