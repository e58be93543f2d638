import { modelOf } from './namespace-models';
import { DIRECTIONS, readNetworkPolicy } from './read-network-policy';
import { isSystemNamespace, namespacesOf } from '../kubernetes/namespaces';
import { selectsAll } from '../kubernetes/read-selector';
import type { ObjectRule } from '../rule';
import { policyMayBeGenerated } from '../tenancy/generator-targets';

export const allowIsolates: ObjectRule = {
  id: 'network/AllowIsolates',
  severity: 'warning',
  what: 'A policy allows some traffic in a namespace that denies nothing by default.',
  why: 'Up to now the pods took everything; the allow itself isolates them, and what it does not name breaks.',
  mend: 'Add a default deny for the namespace, so that it is plain that only what is allowed passes.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-scrape, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }] }]
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-scrape, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report, context) {
    const policy = readNetworkPolicy(object);
    if (!policy?.subject || selectsAll(policy.subject) || isSystemNamespace(policy.namespace)) return;
    const model = modelOf(context, object);
    // Whether there is a default deny can be told only where the set is what the namespace is made from.
    const isHome = policy.namespace !== '' && (namespacesOf(context).has(policy.namespace) || model.workloads.length > 0);
    if (!isHome || policyMayBeGenerated(context, policy.namespace)) return;
    const directions = DIRECTIONS.filter(direction => policy.isolates[direction]
      && policy.rules.some(rule => rule.direction === direction)
      && !model.hasDefaultDeny(direction));
    if (directions.length > 0) {
      report({
        object,
        found: `an allow that isolates ${directions.join(' and ')}, in ${policy.namespace} without a default deny`,
      });
    }
  },
};
