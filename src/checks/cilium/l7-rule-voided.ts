import { type CiliumAllow, ciliumPolicyAllows } from './cilium-policy-allows';
import { CILIUM_POLICIES } from './read-policy';
import { describeSource } from '../../manifests/describe-source';
import { displayName } from '../../manifests/identity';
import { type AllowRule, coversPort, type PodPeer } from '../allows/allow-rule';
import { networkPolicyAllows } from '../allows/network-policy-allows';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { isKind } from '../read';
import type { SetRule } from '../rule';
import { generatedObjects } from '../tenancy/generator-targets';

interface Sourced<T> {
  readonly from: Located;
  readonly rule: T;
}

type IsAsked = (subject: PodPeer, direction: AllowRule['direction']) => boolean;

type BySubject = ReadonlyMap<string, ReadonlyMap<string, Sourced<AllowRule>>>;

export const l7RuleVoided: SetRule = {
  id: 'cilium/L7RuleVoided',
  severity: 'error',
  what: 'A plain allow stands beside an L7 rule for the same pods, peer and port.',
  why: 'Allows add up: every request passes, and the L7 rules restrict nothing.',
  mend: 'Take the pods out of that allow (AllowDns.exempt does it for DNS), narrow its peers or ports, or drop the L7 rules.',
  link: 'https://docs.cilium.io/en/stable/security/policy/layer7/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api-l7, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
      toPorts:
        - ports: [{ port: "8080", protocol: TCP }]
          rules: { http: [{ method: GET, path: "/v1/.*" }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 8080, protocol: TCP }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api-l7, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: web } }]
      toPorts:
        - ports: [{ port: "8080", protocol: TCP }]
          rules: { http: [{ method: GET, path: "/v1/.*" }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 9090, protocol: TCP }]
`,
  *checkSet(context) {
    const cilium = context.ofKind(...CILIUM_POLICIES).flatMap(from => ciliumPolicyAllows(from.object).map(rule => ({ from, rule })));
    const restricting = cilium.filter(({ rule }) => rule.restricts);
    if (restricting.length === 0) return;
    // Only what is under a key that a restricting rule asks for can void it; the rest is read no further.
    const asked = new Set(restricting.flatMap(({ rule }) => keysAskedFor(rule)));
    const isAsked: IsAsked = (subject, direction) => asked.has(keyOf(subject, direction));
    const plain = bySubject([
      ...rulesOf(context.ofKind('NetworkPolicy'), isAsked),
      ...cilium.filter(({ rule }) => !rule.restricts && isAsked(rule.subject, rule.direction)),
      ...generatedRules(context, isAsked),
    ]);
    if (plain.size === 0) return;
    const openers = new Map<string, Located | undefined>();
    const told = new Set<Located>();
    for (const { from, rule } of restricting) {
      const key = `${rule.subject.namespace} ${rule.text()}`;
      if (!openers.has(key)) openers.set(key, openerOf(rule, plain));
      const opener = openers.get(key);
      if (!opener || told.has(from)) continue;
      told.add(from);
      yield { object: from, found: `${displayName(opener.object)} (${describeSource(opener.source)}) allows the same without any rule` };
    }
  },
};

/** What policies of Kyverno make opens as much as what is written. */
function generatedRules(context: CheckContext, isAsked: IsAsked): Sourced<AllowRule>[] {
  const made = generatedObjects(context);
  const cilium = made.filter(from => isKind(from, 'cilium.io', 'CiliumNetworkPolicy'))
    .flatMap(from => ciliumPolicyAllows(from.object).map(rule => ({ from, rule })))
    .filter(({ rule }) => !rule.restricts && isAsked(rule.subject, rule.direction));
  return [...rulesOf(made, isAsked), ...cilium];
}

function rulesOf(policies: readonly Located[], isAsked: IsAsked): Sourced<AllowRule>[] {
  const rules: Sourced<AllowRule>[] = [];
  for (const from of policies) {
    if (!isKind(from, 'networking.k8s.io', 'NetworkPolicy')) continue;
    for (const rule of networkPolicyAllows(from, isAsked)) rules.push({ from, rule });
  }
  return rules;
}

/** The rules under their namespace, direction and one label of their subject; of those that are written alike the first. */
function bySubject(rules: readonly Sourced<AllowRule>[]): BySubject {
  const map = new Map<string, Map<string, Sourced<AllowRule>>>();
  for (const sourced of rules) {
    const key = keyOf(sourced.rule.subject, sourced.rule.direction);
    const alike = map.get(key) ?? new Map<string, Sourced<AllowRule>>();
    map.set(key, alike);
    const text = sourced.rule.text();
    if (!alike.has(text)) alike.set(text, sourced);
  }
  return map;
}

function keyOf({ namespace, labels }: PodPeer, direction: AllowRule['direction']): string {
  for (const key in labels) return subjectKey(namespace, direction, [key, labels[key]!]);
  return subjectKey(namespace, direction, undefined);
}

function subjectKey(namespace: string | undefined, direction: string, label: [string, string] | undefined): string {
  const scope = `${namespace ?? ''}\n${direction}`;
  return label ? `${scope}\n${label[0]}\n${label[1]}` : scope;
}

/** Where rules lie that open what is restricted: they ask for no label that the pods lack, and are for their namespace or for all. */
function keysAskedFor({ subject: { namespace, labels }, direction }: CiliumAllow): string[] {
  return [...new Set([namespace, undefined])].flatMap(scope =>
    [undefined, ...Object.entries(labels)].map(label => subjectKey(scope, direction, label)));
}

function openerOf(l7: CiliumAllow, plain: BySubject): Located | undefined {
  for (const key of keysAskedFor(l7)) {
    for (const { rule, from } of plain.get(key)?.values() ?? []) {
      if (opens(rule, l7)) return from;
    }
  }
  return undefined;
}

function opens(plain: AllowRule, l7: CiliumAllow): boolean {
  return plain.coversSubject(l7.subject)
    && (l7.peers.some(pods => plain.coversPeer(pods)) || l7.outside.some(peer => plain.coversOutside(peer)))
    && (l7.ports ?? []).some(port => coversPort(plain.ports, port));
}
