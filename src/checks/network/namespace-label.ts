import { visitSelectors } from './policy-selectors';
import { readNetworkPolicy } from './read-network-policy';
import { NAMESPACE_NAME_LABEL } from '../../target/well-known-labels';
import { selectorText, selectsAll } from '../kubernetes/read-selector';
import type { ObjectRule } from '../rule';

export const namespaceLabel: ObjectRule = {
  id: 'network/NamespaceLabel',
  severity: 'info',
  what: 'A namespaceSelector asks for labels that people put on namespaces.',
  why: 'Whoever may label a namespace lets it in, and a namespace without the label is left out.',
  mend: `Select ${NAMESPACE_NAME_LABEL}, which the API server sets and nobody can change, or see to it that tenants cannot label namespaces.`,
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { name: infra } } }] }]
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: infra } } }] }]
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    visitSelectors(readNetworkPolicy(object), 'namespaceSelector', (selector, pointer) => {
      const { matchLabels = {}, matchExpressions = [] } = selector;
      const isByName = Object.hasOwn(matchLabels, NAMESPACE_NAME_LABEL) || matchExpressions.some(({ key }) => key === NAMESPACE_NAME_LABEL);
      if (!isByName && !selectsAll(selector)) report({ object, pointer, found: `namespaces with ${selectorText(selector)}` });
    });
  },
};
