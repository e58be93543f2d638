import { isManaged } from './tenants';
import { namespacesOf } from '../kubernetes/namespaces';
import { namespaceOf } from '../kubernetes/workloads';
import { asObject, isKind } from '../read';
import type { ObjectRule } from '../rule';

export const clusterAdminBinding: ObjectRule = {
  id: 'tenancy/ClusterAdminBinding',
  severity: 'error',
  what: 'Somebody is cluster-admin in a namespace that the platform manages.',
  why: 'They can take away the quota, the policies and every other guard of the namespace, and make roles of their own.',
  mend: 'Bind the tenant role of the platform instead (TenantNamespace makes one).',
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { platform.io/managed: "true" } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: deployer, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: deployer, namespace: shop }]
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: deployer, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: deployer, namespace: shop }]
`,
  kinds: ['RoleBinding'],
  checkObject(object, report, context) {
    const namespace = namespacesOf(context).get(namespaceOf(object));
    const { kind, name } = asObject(object.object.roleRef) ?? {};
    if (!namespace || !isManaged(namespace) || !isKind(object, 'rbac.authorization.k8s.io', 'RoleBinding')) return;
    if (kind !== 'ClusterRole' || name !== 'cluster-admin') return;
    report({ object, pointer: '/roleRef/name', found: `cluster-admin in ${namespace.name}` });
  },
};
