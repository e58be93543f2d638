import { scopeOf } from './scope';
import { plainText, show } from './text';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const namespaceOnClusterScoped: ObjectRule = {
  id: 'kubernetes/NamespaceOnClusterScoped',
  severity: 'warning',
  what: 'A cluster-scoped object is written with a namespace.',
  // The registry clears the field of cluster-scoped objects on creation rather than refuse it.
  why: 'The API server drops it: the object holds for the whole cluster, and two that differ in their namespace only are one.',
  mend: 'Leave metadata.namespace out.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#not-all-objects-are-in-a-namespace',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: pod-reader, namespace: shop }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: pod-reader, namespace: shop }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]
`,
  checkObject(located, report) {
    if (scopeOf(located.object) !== 'cluster') return;
    const namespace = plainText(asObject(located.object.metadata)?.namespace);
    if (namespace) {
      report({
        object: located,
        pointer: '/metadata/namespace',
        found: `the namespace ${show(namespace)} on a ${located.object.kind}, which has none`,
      });
    }
  },
};
