import { visitSelectors } from './policy-selectors';
import { readNetworkPolicy } from './read-network-policy';
import type { ObjectRule } from '../rule';

/** Labels with a value that the controllers make up anew for every revision or run. */
const MADE_UP = [
  'pod-template-hash', 'controller-revision-hash', 'pod-template-generation', 'controller-uid', 'batch.kubernetes.io/controller-uid',
];

export const controllerLabel: ObjectRule = {
  id: 'network/ControllerLabel',
  severity: 'warning',
  what: 'A selector asks for a label that a controller adds to its pods with a value of its own.',
  why: 'The next rollout has another value, and the policy selects nothing.',
  mend: 'Select labels that the pod template has.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web, pod-template-hash: 7f6b8c9d54 } }, policyTypes: [Ingress] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web, statefulset.kubernetes.io/pod-name: web-0 } }, policyTypes: [Ingress] }
`,
  kinds: ['NetworkPolicy'],
  checkObject(object, report) {
    visitSelectors(readNetworkPolicy(object), 'podSelector', ({ matchLabels = {}, matchExpressions = [] }, pointer) => {
      // Asking whether it exists at all is no matter of its value.
      const label = Object.keys(matchLabels).find(isMadeUp)
        ?? matchExpressions.find(({ key, values = [] }) => values.length > 0 && isMadeUp(key))?.key;
      if (label) report({ object, pointer, found: `a selector on ${label}` });
    });
  },
};

function isMadeUp(key: string): boolean {
  return MADE_UP.includes(key);
}
