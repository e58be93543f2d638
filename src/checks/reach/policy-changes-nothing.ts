import { clusterOf } from './cluster-of';
import { coversRule, isAsWide } from './covers-rule';
import type { Cluster } from '../../reach/cluster';
import { sampleOf } from '../../reach/party';
import { remember } from '../../reach/remember';
import type { Policy } from '../../reach/rule';
import type { SetRule } from '../rule';

export const policyChangesNothing: SetRule = {
  id: 'reach/PolicyChangesNothing',
  severity: 'info',
  what: 'A policy isolates nobody who is not isolated without it, and allows nothing that others do not allow.',
  why: 'Whoever reads it believes that it does something, and whoever takes it out to close a flow closes nothing.',
  mend: 'Take it out, or take out the wider policy that makes it void.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: api }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: same-namespace, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-to-api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: api, image: api }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-to-api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } } }
`,
  *checkSet(context) {
    const cluster = clusterOf(context);
    if (!cluster) return;
    for (const [policy, cover] of voidPolicies(cluster)) {
      yield { object: policy.located, found: `nothing that ${[...cover].sort().join(' and ')} ${cover.size > 1 ? 'do' : 'does'} not do` };
    }
  },
};

const found = new WeakMap<Cluster, ReadonlyMap<Policy, ReadonlySet<string>>>();

/** The policies that change nothing, and by title those that do the same. */
export function voidPolicies(cluster: Cluster): ReadonlyMap<Policy, ReadonlySet<string>> {
  return remember(found, cluster, () => {
    const gone = new Map<Policy, ReadonlySet<string>>();
    // Of two that are the same, one has to stay.
    for (const policy of [...cluster.policies].reverse()) {
      const cover = coverOf(policy, cluster, gone);
      if (cover !== undefined) gone.set(policy, cover);
    }
    return gone;
  });
}

/** The policies that do all that it does; nothing where it does something of its own, or is about nobody in the set. */
function coverOf(policy: Policy, cluster: Cluster, gone: ReadonlyMap<Policy, unknown>): Set<string> | undefined {
  const { subjects } = policy;
  // What is about nobody here may be about somebody elsewhere, and a deny is never void because of an allow.
  if (subjects.sure.isEmpty() || policy.ingress.deny.length + policy.egress.deny.length > 0) return undefined;
  // Denying by default for the sake of it is what a policy without rules is for.
  if (policy.ingress.allow.length + policy.egress.allow.length === 0) return undefined;
  const cover = new Set<string>();
  for (const index of subjects.perhaps.members()) {
    const one = cluster.world.classes[index]!;
    const party = sampleOf(one);
    for (const direction of ['ingress', 'egress'] as const) {
      const half = cluster.halfOf(direction, party);
      // What a policy for the whole cluster does to namespaces that the set does not have, one for a namespace does not do.
      const others = half.policies.filter(other => other.policy !== policy && other.match === true && !gone.has(other.policy)
        && isAsWide(other.policy, policy));
      const isolating = others.find(other => other.policy[direction].isolates);
      if (policy[direction].isolates && !isolating) return undefined;
      const { allow: more = [], deny: fewer = [] } = policy[direction].requires ?? {};
      if (more.length + fewer.length > 0) return undefined;
      for (const rule of policy[direction].allow) {
        const wider = others.find(other => other.policy[direction].allow.some(candidate => coversRule(candidate, rule, half, party)));
        if (!wider) return undefined;
        cover.add(wider.policy.title);
      }
    }
  }
  return cover;
}
