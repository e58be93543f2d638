import { hasItems, type CiliumSubject } from './cilium-subject';
import type { PeerReading, PolicyReading, PortReading, RuleReading } from './read-network-policy';
import { NAMESPACE_NAME_LABEL } from '../../target/well-known-labels';
import { type Selector, selectorMatches } from '../../values/selector';
import { selectorText, selectsAll } from '../kubernetes/read-selector';

/** The protocols that name resolution needs: UDP, and TCP for answers that are too long for it. */
export const DNS_PROTOCOLS = ['UDP', 'TCP'] as const;

/** Where resolvers listen: 53, and behind their Service 5353 on OpenShift and 8053 on Gardener. */
const DNS_PORTS = [53, 5353, 8053];

/** The namespaces that resolvers run in. */
const DNS_NAMESPACES = ['kube-system', 'openshift-dns', 'kube-dns', 'node-local-dns'];

/** The protocols with which a NetworkPolicy may let its pods ask a resolver. What is not known counts as allowed. */
export function dnsAllowedBy({ rules, namespace, isolates }: PolicyReading): string[] {
  if (!isolates.egress) return [];
  const protocols: string[] = [];
  for (const rule of rules) if (rule.direction === 'egress') protocols.push(...dnsOfRule(rule, namespace));
  return protocols;
}

function dnsOfRule({ peers, ports }: RuleReading, namespace: string): string[] {
  const protocols = ports.length === 0 ? [...DNS_PROTOCOLS] : ports.filter(holdsDns).map(({ protocol }) => protocol);
  const isNamed = ports.some(({ port }) => port !== undefined);
  return protocols.length === 0 || peers.length === 0 || peers.some(peer => mayBeResolver(peer, namespace, isNamed)) ? protocols : [];
}

function holdsDns({ port, endPort }: PortReading): boolean {
  if (typeof port === 'string') return port.includes('dns') || port.includes('{');
  return port === undefined || DNS_PORTS.some(dns => dns >= port && dns <= (endPort ?? port));
}

function mayBeResolver({ isIpBlock, podSelector, namespaceSelector }: PeerReading, own: string, isNamed: boolean): boolean {
  // NodeLocal DNSCache, Cloud DNS and resolvers outside of the cluster have addresses.
  if (isIpBlock || podSelector === 'unknown' || namespaceSelector === 'unknown') return true;
  const isPlace = namespaceSelector ? maySelectDns(namespaceSelector) : own === '' || DNS_NAMESPACES.includes(own);
  // A port of DNS says what is meant; without one the pods must.
  return isPlace && (isNamed || !podSelector || selectsAll(podSelector) || selectorText(podSelector).includes('dns'));
}

/** Only the label of the API server is sure; what other labels those namespaces have, the cluster knows. */
function maySelectDns({ matchLabels = {}, matchExpressions = [] }: Selector): boolean {
  const byName: Selector = {
    matchLabels: Object.hasOwn(matchLabels, NAMESPACE_NAME_LABEL) ? { [NAMESPACE_NAME_LABEL]: matchLabels[NAMESPACE_NAME_LABEL]! } : {},
    matchExpressions: matchExpressions.filter(({ key }) => key === NAMESPACE_NAME_LABEL),
  };
  return DNS_NAMESPACES.some(name => selectorMatches(byName, { [NAMESPACE_NAME_LABEL]: name }));
}

/** The same for a rule of a Cilium policy; whom it names is not looked at where the port is that of DNS. */
export function dnsAllowedByCilium(subject: CiliumSubject): string[] {
  if (!hasItems(subject, 'egress')) return [];
  return subject.rule.items.filter(({ direction, deny }) => direction === 'egress' && !deny).flatMap(({ portRules, peers }) => {
    const isBroad = peers.length === 0
      || peers.some(({ field, entries }) => field === 'toEndpoints' || entries.includes('all') || entries.includes('cluster'));
    if (portRules.length === 0) return isBroad ? [...DNS_PROTOCOLS] : [];
    return portRules.flatMap(({ ports }) => (ports.length === 0 ? [...DNS_PROTOCOLS] : ports.flatMap(({ port, endPort, protocol }) => {
      const number = Number(port);
      const isDns = port === '' || port === '0' || port.includes('dns')
        || DNS_PORTS.some(dns => dns >= number && dns <= Math.max(endPort, number));
      return isDns ? protocol === 'ANY' ? [...DNS_PROTOCOLS] : [protocol] : [];
    })));
  });
}
