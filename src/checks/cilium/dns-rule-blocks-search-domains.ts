import { CILIUM_POLICIES, type Fields, readPolicy } from './read-policy';
import { fqdnPatternMatches } from '../../values/fqdn';
import { isTemplate, show } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

/** Names with fewer dots are tried with the search domains first: the `ndots` that the kubelet writes. */
const NDOTS = 5;

export const dnsRuleBlocksSearchDomains: ObjectRule = {
  id: 'cilium/DnsRuleBlocksSearchDomains',
  severity: 'info',
  what: 'DNS rules name hosts only, without the names that the search domains of a pod make of them.',
  why: 'A pod asks for api.example.com.shop.svc.cluster.local first. The proxy refuses, and some resolvers, such as that of musl, stop there.',
  mend: 'Add `matchPattern: "*.*.svc.cluster.local"` and the like, write `matchPattern: "*"`, or have pods ask for names with a dot at the end.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#dns-policy-and-ip-discovery',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchName: api.example.com }] } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const { portRules, namespace } = readPolicy(object);
    const dns = portRules.flatMap(portRule => portRule.dns);
    const patterns = dns.map(textOf);
    if (patterns.length === 0 || patterns.some(isTemplate)) return;
    const suffix = `.${namespace ?? 'default'}.svc.cluster.local`;
    for (const { dns: rules, pointer } of portRules) {
      const isBlocked = ({ matchName }: Fields) => isExpanded(matchName) && !patterns.some(pattern => covers(pattern, matchName + suffix));
      const index = rules.findIndex(isBlocked);
      if (index >= 0) report({ object, pointer: `${pointer}/rules/dns/${index}`, found: `${show(rules[index]?.matchName)} without its search domains` });
    }
  },
};

function isExpanded(name: unknown): name is string {
  return typeof name === 'string' && !name.endsWith('.') && !name.endsWith('.cluster.local') && name.split('.').length - 1 < NDOTS;
}

/** Any pattern below the cluster's own domain is taken for somebody's answer to the search domains. */
function covers(pattern: string, name: string): boolean {
  return (pattern.includes('*') && pattern.endsWith('cluster.local')) || fqdnPatternMatches(pattern, name, 19);
}

function textOf({ matchName, matchPattern }: Fields): string {
  return [matchPattern, matchName].find(text => typeof text === 'string') as string | undefined ?? '';
}
