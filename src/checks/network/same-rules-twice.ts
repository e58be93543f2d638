import { namespaceModels } from './namespace-models';
import { DIRECTIONS, type PeerReading, type PolicyReading, type RuleReading } from './read-network-policy';
import { displayName } from '../../manifests/identity';
import { selectorText } from '../kubernetes/read-selector';
import type { SetRule } from '../rule';

export const sameRulesTwice: SetRule = {
  id: 'network/SameRulesTwice',
  severity: 'info',
  what: 'Two policies of a namespace select the same pods and have the same rules.',
  why: 'One of them changes nothing, until somebody edits the other and wonders why it still passes.',
  mend: 'Drop one of them.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-own, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }] }] }
`,
  *checkSet(context) {
    for (const { policies } of namespaceModels(context).values()) {
      const first = new Map<string, PolicyReading>();
      for (const policy of ofSharedSubjects(policies)) {
        const meaning = meaningOf(policy);
        const other = meaning === undefined ? undefined : first.get(meaning);
        // Two objects of one name are one object, and another finding.
        if (other && displayName(other.located.object) !== displayName(policy.located.object)) {
          yield { object: policy.located, found: `the same as ${displayName(other.located.object)}` };
        } else if (meaning !== undefined) {
          first.set(meaning, policy);
        }
      }
    }
  },
};

/** Those about pods that another is about too; of the others, no rule has to be printed. */
function ofSharedSubjects(policies: readonly PolicyReading[]): PolicyReading[] {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { subject } of policies) {
    const text = subject && selectorText(subject);
    if (text !== undefined) (seen.has(text) ? shared : seen).add(text);
  }
  return policies.filter(({ subject }) => subject && shared.has(selectorText(subject)));
}

/** The policy as a text that is the same for the same meaning; nothing where a part of it is not known. */
function meaningOf({ subject, isolates, rules }: PolicyReading): string | undefined {
  const inForce = rules.filter(({ direction }) => isolates[direction]);
  if (!subject || inForce.some(({ peers }) => peers.some(isUnknown))) return undefined;
  return [selectorText(subject), ...DIRECTIONS.map(direction => isolates[direction]), ...inForce.map(ruleText)].join('\n');
}

function isUnknown({ podSelector, namespaceSelector, isIpBlock, cidr }: PeerReading): boolean {
  return podSelector === 'unknown' || namespaceSelector === 'unknown' || (isIpBlock && cidr === undefined);
}

function ruleText({ direction, peers, ports }: RuleReading): string {
  const selector = (value: PeerReading['podSelector']) => (value && value !== 'unknown' ? `{${selectorText(value)}}` : '');
  const from = peers.map(({ podSelector, namespaceSelector, cidr, excepts }) =>
    [selector(podSelector), selector(namespaceSelector), cidr, ...excepts.map(({ text }) => text)].join(' '));
  return [direction, ...from, 'at', ...ports.map(({ protocol, port, endPort }) => `${protocol} ${port} ${endPort}`)].join(' | ');
}
