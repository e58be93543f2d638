import { asObject, isKind } from '../read';
import type { ObjectRule } from '../rule';

export const aggregatedRoleWithRules: ObjectRule = {
  id: 'flux/AggregatedRoleWithRules',
  severity: 'warning',
  what: 'A ClusterRole that is made of others is written with rules of its own.',
  // Server-side apply owns the field then, and the controller of aggregated roles writes it too.
  why: 'The cluster overwrites them with the sum of the others, Flux puts them back, and the role flips for ever.',
  mend: 'Leave rules out, an empty list too.',
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: tenant }
aggregationRule: { clusterRoleSelectors: [{ matchLabels: { example.com/aggregate-to-tenant: "true" } }] }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: tenant }
aggregationRule: { clusterRoleSelectors: [{ matchLabels: { example.com/aggregate-to-tenant: "true" } }] }
`,
  kinds: ['ClusterRole'],
  checkObject(object, report) {
    const { aggregationRule, rules } = object.object;
    if (!isKind(object, 'rbac.authorization.k8s.io', 'ClusterRole') || !asObject(aggregationRule) || !Array.isArray(rules)) return;
    report({ object, pointer: '/rules', found: `${rules.length === 0 ? 'an empty list of' : rules.length} rules beside an aggregationRule` });
  },
};
