import { scopeOf } from './scope';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const namespaceMissing: ObjectRule = {
  id: 'kubernetes/NamespaceMissing',
  severity: 'info',
  what: 'A namespaced object does not say its namespace.',
  why: 'It lands wherever the tool that applies it happens to be, often in default, where a policy guards nobody.',
  mend: 'Write metadata.namespace.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  checkObject(located, report) {
    if (scopeOf(located.object) !== 'namespaced') return;
    const namespace = asObject(located.object.metadata)?.namespace;
    if (namespace === undefined || namespace === null || namespace === '') {
      report({ object: located, pointer: '/metadata', found: `a ${located.object.kind} without a namespace` });
    }
  },
};
