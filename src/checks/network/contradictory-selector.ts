import { visitSelectors } from './policy-selectors';
import { readNetworkPolicy } from './read-network-policy';
import { selectorContradicts } from '../../values/selector';
import { selectorText } from '../kubernetes/read-selector';
import type { ObjectRule } from '../rule';

export const contradictorySelector: ObjectRule = {
  id: 'network/ContradictorySelector',
  severity: 'warning',
  what: 'The requirements of a selector exclude each other.',
  why: 'Nothing can ever have such labels: the policy or the peer is void.',
  mend: 'Drop one of the requirements; for one of several values write In with all of them.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web }, matchExpressions: [{ key: app, operator: In, values: [api] }] }
  policyTypes: [Ingress]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web }, matchExpressions: [{ key: app, operator: In, values: [web, api] }] }
  policyTypes: [Ingress]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    for (const field of ['podSelector', 'namespaceSelector'] as const) {
      visitSelectors(readNetworkPolicy(object), field, (selector, pointer) => {
        // Labels alone can always be met, and so can one expression; an In without values is what the API server refuses.
        const expressions = selector.matchExpressions?.length ?? 0;
        const canContradict = expressions > 1 || (expressions === 1 && Object.keys(selector.matchLabels ?? {}).length > 0);
        if (canContradict && selectorContradicts(selector)) report({ object, pointer, found: `${selectorText(selector)}, which nothing can meet` });
      });
    }
  },
};
