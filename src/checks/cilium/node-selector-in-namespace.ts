import { CILIUM_POLICIES, readPolicy } from './read-policy';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const nodeSelectorInNamespace: ObjectRule = {
  id: 'cilium/NodeSelectorInNamespace',
  severity: 'error',
  what: 'A CiliumNetworkPolicy has a nodeSelector.',
  why: 'Nodes belong to no namespace: the API server takes the policy and the agent drops it.',
  mend: 'Write a CiliumClusterwideNetworkPolicy.',
  link: 'https://docs.cilium.io/en/stable/security/policy/language/#host-policies',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: nodes, namespace: kube-system }
spec:
  nodeSelector: { matchLabels: { type: worker } }
  ingress: [{ fromEntities: [cluster] }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: nodes }
spec:
  nodeSelector: { matchLabels: { type: worker } }
  ingress: [{ fromEntities: [cluster] }]
`,
  kinds: CILIUM_POLICIES,
  checkObject(object, report) {
    const { clusterwide, rules } = readPolicy(object);
    if (clusterwide) return;
    for (const { pointer, fields } of rules) {
      if (asObject(fields.nodeSelector)) report({ object, pointer: `${pointer}/nodeSelector`, found: 'a nodeSelector in a namespaced policy' });
    }
  },
};
