import { coversLabels, type EndpointSelector, subjectOf } from './endpoint-selector';
import { CILIUM_POLICIES, ciliumAtLeast, type PolicyReading, readPolicy, type RuleReading } from './read-policy';
import { fqdnPatternMatches } from '../../values/fqdn';
import type { CheckContext } from '../check-context';
import { isTemplate, show } from '../kubernetes/text';
import { asList, asObject, asString } from '../read';
import type { SetRule } from '../rule';

/** DNS names that some pods may ask for, seen by the DNS proxy. */
interface DnsRule {
  readonly subject: EndpointSelector;
  readonly patterns: readonly string[];
}

export const fqdnWithoutDns: SetRule = {
  id: 'cilium/FqdnWithoutDns',
  severity: 'warning',
  what: 'toFQDNs names hosts that no DNS rule lets the same pods ask for.',
  why: 'Cilium learns addresses from DNS answers that pass its proxy: without a DNS rule the names stand for no address.',
  mend: 'Allow the resolver with `rules: { dns: [...] }` for these pods and names; `matchPattern: "*"` allows and sees every query.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#dns-policy-and-ip-discovery',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toFQDNs: [{ matchName: api.example.com }]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  egress:
    - toFQDNs: [{ matchName: api.example.com }]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }] }]
    - toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": kube-system, k8s-app: kube-dns } }]
      toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
`,
  *checkSet(context) {
    const policies = context.ofKind(...CILIUM_POLICIES).map(object => ({ object, reading: readPolicy(object) }));
    const byNamespace = new Map<string, Map<string, DnsRule>>();
    for (const { reading } of policies) collect(reading, byNamespace);
    for (const { object, reading } of policies) {
      for (const { rule, fields, pointer, deny } of reading.items) {
        const names = deny ? [] : asList(fields.toFQDNs);
        if (names.length === 0) continue;
        const askable = (patterns: readonly string[]) => (name: unknown) => isAskable(asObject(name) ?? {}, patterns, context);
        // Most policies bring their own DNS rule, so that the others need not be looked at.
        if (names.every(askable(ownPatterns(rule)))) continue;
        const scopes = reading.clusterwide ? [''] : [scopeOf(reading), ''];
        const patterns = patternsFor(rule, scopes.flatMap(scope => [...byNamespace.get(scope)?.values() ?? []]));
        const isKnown = askable(patterns);
        const index = names.findIndex(name => !isKnown(name));
        if (index < 0) continue;
        const what = patterns.length === 0 ? 'no DNS rule for these pods' : `no DNS rule of these pods for ${show(textOf(names[index]))}`;
        yield { object, pointer: `${pointer}/toFQDNs/${index}`, found: what };
      }
    }
  },
};

function collect(reading: PolicyReading, byNamespace: Map<string, Map<string, DnsRule>>): void {
  for (const { item, dns } of reading.portRules) {
    const subject = dns.length > 0 && item.direction === 'egress' ? subjectOf(item.rule) : undefined;
    if (!subject) continue;
    const scope = scopeOf(reading);
    const patterns = dns.flatMap(textsOf);
    const rules = byNamespace.get(scope) ?? new Map<string, DnsRule>();
    rules.set(JSON.stringify([item.rule.fields.endpointSelector, patterns]), { subject, patterns });
    byNamespace.set(scope, rules);
  }
}

function ownPatterns({ items }: RuleReading): string[] {
  return items.flatMap(item => (item.direction === 'egress' ? item.portRules.flatMap(({ dns }) => dns.flatMap(textsOf)) : []));
}

/** The namespace that a policy is about; the empty one for all of them. */
function scopeOf({ clusterwide, namespace }: PolicyReading): string {
  return clusterwide ? '' : namespace ?? 'default';
}

function patternsFor(rule: RuleReading, known: readonly DnsRule[]): readonly string[] {
  const subject = subjectOf(rule);
  // Rules about the same pods may be written in one policy with any selector, expressions too.
  return subject ? known.flatMap(each => (each.subject === subject || isAbout(each.subject, subject) ? each.patterns : [])) : [];
}

function isAbout(wide: EndpointSelector, narrow: EndpointSelector): boolean {
  // What expressions select cannot be told from labels: taken as if they held, so that there is no finding in doubt.
  const labels = wide.hasExpressions ? { ...wide, hasExpressions: false } : wide;
  const isSameNamespace = !wide.namespaces || !narrow.namespaces || narrow.namespaces.every(name => wide.namespaces?.includes(name));
  return isSameNamespace && coversLabels(labels, narrow);
}

function isAskable(name: Record<string, unknown>, patterns: readonly string[], context: CheckContext): boolean {
  const text = textOf(name);
  if (text === undefined || isTemplate(text)) return true;
  const minor = ciliumAtLeast(context, '1.19') ? 19 : 18;
  const sample = text.replace(/^\*\*+\./, 'a.b.').replace(/\*+/g, 'a');
  const isCovered = (pattern: string) => pattern.toLowerCase() === text.toLowerCase() || fqdnPatternMatches(pattern, sample, minor);
  return patterns.some(pattern => isTemplate(pattern) || isCovered(pattern));
}

function textsOf(entry: unknown): string[] {
  return [textOf(entry) ?? []].flat();
}

function textOf(name: unknown): string | undefined {
  const fields = asObject(name);
  return asString(fields?.matchName) ?? asString(fields?.matchPattern);
}
