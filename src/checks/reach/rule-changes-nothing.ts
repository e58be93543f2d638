import { clusterOf } from './cluster-of';
import { coversRule, isAsWide } from './covers-rule';
import { voidPolicies } from './policy-changes-nothing';
import type { Cluster } from '../../reach/cluster';
import { sampleOf } from '../../reach/party';
import type { Policy, Rule } from '../../reach/rule';
import type { SetRule } from '../rule';

export const ruleChangesNothing: SetRule = {
  id: 'reach/RuleChangesNothing',
  severity: 'info',
  what: 'A rule allows nothing that another rule does not allow, to nobody whom another one does not mean.',
  why: 'Whoever reads it believes that it does something, and whoever takes it out to close a flow closes nothing.',
  mend: 'Take it out, or narrow the rule that makes it void.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: api, image: api }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Egress]
  egress:
  - to: [{ ipBlock: { cidr: 198.51.0.0/16 } }]
  - to: [{ ipBlock: { cidr: 198.51.100.0/24 } }]
    ports: [{ port: 443 }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: api, image: api }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Egress]
  egress:
  - to: [{ ipBlock: { cidr: 198.51.0.0/16 } }]
    ports: [{ port: 53 }]
  - to: [{ ipBlock: { cidr: 198.51.100.0/24 } }]
    ports: [{ port: 443 }]
`,
  *checkSet(context) {
    const cluster = clusterOf(context);
    if (!cluster) return;
    const gone = new Set<Rule>();
    for (const policy of [...cluster.policies].reverse()) {
      // Of a policy that changes nothing as a whole, that is told.
      if (policy.subjects.sure.isEmpty() || voidPolicies(cluster).has(policy)) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const rules = policy[direction].allow;
        for (const rule of [...rules].reverse()) {
          // Without its last rule a policy may isolate nobody.
          if (rules.every(other => other === rule || gone.has(other))) continue;
          const cover = coverOf(rule, cluster, gone);
          if (cover === undefined) continue;
          gone.add(rule);
          const found = `nothing that ${cover.join(' and ')} ${cover.length > 1 ? 'do' : 'does'} not allow`;
          yield { object: policy.located, pointer: rule.pointer, found };
        }
      }
    }
  },
};

/** The rules that allow all that it does, in words; nothing where it allows something of its own. */
function coverOf(rule: Rule, cluster: Cluster, gone: ReadonlySet<Rule>): string[] | undefined {
  // That rules for some requests are void beside wider ones has a rule of its own.
  if (rule.authenticated || rule.ports.some(({ l7 }) => l7 !== undefined)) return undefined;
  const cover = new Set<string>();
  for (const index of rule.policy.subjects.perhaps.members()) {
    const one = cluster.world.classes[index]!;
    const party = sampleOf(one);
    const half = cluster.halfOf(rule.direction, party);
    const wider = half.allow.find(({ rule: other, about }) => isSure(other, rule.policy, about)
      && other !== rule && !gone.has(other) && coversRule(other, rule, half, party));
    if (!wider) return undefined;
    cover.add(nameOf(wider.rule, rule.policy));
  }
  return [...cover].sort();
}

/** Rules of one policy are about the same subjects; a policy for the whole cluster is about more than those in the set. */
function isSure({ policy }: Rule, own: Policy, about: unknown): boolean {
  return policy === own || (about === true && isAsWide(policy, own));
}

function nameOf({ list, index, policy }: Rule, own: Policy): string {
  return policy === own ? `${list}[${index}]` : `${policy.title} ${list}[${index}]`;
}
