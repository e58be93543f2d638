import { subjectOf } from './endpoint-selector';
import { CILIUM_POLICIES, readPolicy } from './read-policy';
import type { ObjectRule } from '../rule';

export const foreignNamespaceSubject: ObjectRule = {
  id: 'cilium/ForeignNamespaceSubject',
  severity: 'error',
  what: 'The endpointSelector of a CiliumNetworkPolicy names another namespace.',
  why: 'The policy is for pods of its own namespace all the same, or for none: the agent puts its own namespace in.',
  mend: 'Move the policy to that namespace, or write a CiliumClusterwideNetworkPolicy.',
  link: 'https://docs.cilium.io/en/stable/security/policy/kubernetes/#namespaces',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: api, "k8s:io.kubernetes.pod.namespace": bank } }
  ingress: [{ fromEndpoints: [{}] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: api, namespace: bank }
spec:
  endpointSelector: { matchLabels: { app: api, "k8s:io.kubernetes.pod.namespace": bank } }
  ingress: [{ fromEndpoints: [{}] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const { clusterwide, namespace, rules } = readPolicy(object);
    // Without a namespace it may still be given one, by kubectl or Kustomize.
    if (clusterwide || namespace === undefined) return;
    for (const rule of rules) {
      const named = subjectOf(rule)?.namespaces;
      if (named && !named.includes(namespace)) {
        report({ object, pointer: `${rule.pointer}/endpointSelector`, found: `pods of namespace ${named.join(', ')} in a policy of namespace ${namespace}` });
      }
    }
  },
};
