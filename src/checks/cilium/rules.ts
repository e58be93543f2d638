import { apiServerByAddress } from './api-server-by-address';
import { cidrHostBits } from './cidr-host-bits';
import { clusterwideHitsSystem } from './clusterwide-hits-system';
import { combinedPeers } from './combined-peers';
import { conflictingL7Parsers } from './conflicting-l7-parsers';
import { denyHasNoL7 } from './deny-has-no-l7';
import { denyIsolates } from './deny-isolates';
import { dnsDoubleWildcard } from './dns-double-wildcard';
import { dnsRuleBlocksSearchDomains } from './dns-rule-blocks-search-domains';
import { dnsRulesNeedPort } from './dns-rules-need-port';
import { dnsRulesOnIngress } from './dns-rules-on-ingress';
import { dnsWildcardExcludesApex } from './dns-wildcard-excludes-apex';
import { emptyL7Rules } from './empty-l7-rules';
import { emptyListDeniesNothing } from './empty-list-denies-nothing';
import { emptyPeerList } from './empty-peer-list';
import { emptyPolicy } from './empty-policy';
import { emptyPortList } from './empty-port-list';
import { emptyServerName } from './empty-server-name';
import { exceptCoversAll } from './except-covers-all';
import { exceptOutsideCidr } from './except-outside-cidr';
import { foreignNamespaceSubject } from './foreign-namespace-subject';
import { fqdnWithoutDns } from './fqdn-without-dns';
import { hostNetworkSelected } from './host-network-selected';
import { httpRuleNeverMatches } from './http-rule-never-matches';
import { icmpBlockedOnNodes } from './icmp-blocked-on-nodes';
import { icmpWithPorts } from './icmp-with-ports';
import { invalidHostRegex } from './invalid-host-regex';
import { invalidHttpRegex } from './invalid-http-regex';
import { invalidPort } from './invalid-port';
import { invalidSelector } from './invalid-selector';
import { l7Everywhere } from './l7-everywhere';
import { l7InNodePolicy } from './l7-in-node-policy';
import { l7NeedsTcp } from './l7-needs-tcp';
import { l7OnPortZero } from './l7-on-port-zero';
import { l7OnTlsPort } from './l7-on-tls-port';
import { l7OnlyVisible } from './l7-only-visible';
import { l7RuleVoided } from './l7-rule-voided';
import { listenerMisplaced } from './listener-misplaced';
import { missingCidrGroup } from './missing-cidr-group';
import { needsAgentOption } from './needs-agent-option';
import { noItems } from './no-items';
import { nodePolicyLocksOut } from './node-policy-locks-out';
import { nodeSelectorInNamespace } from './node-selector-in-namespace';
import { pathIgnoresQuery } from './path-ignores-query';
import { pathMatchesWholeTarget } from './path-matches-whole-target';
import { peerWithoutNamespace } from './peer-without-namespace';
import { portRangeIgnored } from './port-range-ignored';
import { reservedSubject } from './reserved-subject';
import { serverNameNeverMatches } from './server-name-never-matches';
import { serverNamesWithL7 } from './server-names-with-l7';
import { servicePort } from './service-port';
import { servicesWithPorts } from './services-with-ports';
import { servicesWithPortsDoubtful } from './services-with-ports-doubtful';
import { splitItem } from './split-item';
import { tooManyDenyPorts } from './too-many-deny-ports';
import { unknownNamedPort } from './unknown-named-port';
import { worldCidr } from './world-cidr';
import type { Rule } from '../rule';

/** What the Cilium agent refuses, and what it takes but nobody means. */
export const CILIUM_RULES: readonly Rule[] = [
  apiServerByAddress,
  cidrHostBits,
  clusterwideHitsSystem,
  combinedPeers,
  conflictingL7Parsers,
  denyHasNoL7,
  denyIsolates,
  dnsDoubleWildcard,
  dnsRuleBlocksSearchDomains,
  dnsRulesNeedPort,
  dnsRulesOnIngress,
  dnsWildcardExcludesApex,
  emptyL7Rules,
  emptyListDeniesNothing,
  emptyPeerList,
  emptyPolicy,
  emptyPortList,
  emptyServerName,
  exceptCoversAll,
  exceptOutsideCidr,
  foreignNamespaceSubject,
  fqdnWithoutDns,
  hostNetworkSelected,
  httpRuleNeverMatches,
  icmpBlockedOnNodes,
  icmpWithPorts,
  invalidHostRegex,
  invalidHttpRegex,
  invalidPort,
  invalidSelector,
  l7Everywhere,
  l7InNodePolicy,
  l7NeedsTcp,
  l7OnPortZero,
  l7OnTlsPort,
  l7OnlyVisible,
  l7RuleVoided,
  listenerMisplaced,
  missingCidrGroup,
  needsAgentOption,
  noItems,
  nodePolicyLocksOut,
  nodeSelectorInNamespace,
  pathIgnoresQuery,
  pathMatchesWholeTarget,
  peerWithoutNamespace,
  portRangeIgnored,
  reservedSubject,
  serverNameNeverMatches,
  serverNamesWithL7,
  servicePort,
  servicesWithPorts,
  servicesWithPortsDoubtful,
  splitItem,
  tooManyDenyPorts,
  unknownNamedPort,
  worldCidr,
];
