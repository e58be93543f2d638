import { isManaged, isTenant } from './tenants';
import { namespacesOf } from '../kubernetes/namespaces';
import { namespaceOf } from '../kubernetes/workloads';
import { asObject, isKind } from '../read';
import type { ObjectRule } from '../rule';

export const broadRole: ObjectRule = {
  id: 'tenancy/BroadRole',
  severity: 'warning',
  what: 'A tenant has one of the built-in roles that may write NetworkPolicies and, with Flux, Kustomizations.',
  // Policies only ever add up, so whoever may write one more opens what the default deny has closed.
  why: 'The tenant can open what the platform has closed, and without lockdown a Kustomization applies anything.',
  mend: 'Bind a role without writes to policies and Flux kinds (TenantNamespace makes one).',
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { toolkit.fluxcd.io/tenant: shop } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: developers, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }
subjects: [{ kind: Group, apiGroup: rbac.authorization.k8s.io, name: shop-developers }]
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { toolkit.fluxcd.io/tenant: shop } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: developers, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: Group, apiGroup: rbac.authorization.k8s.io, name: shop-developers }]
`,
  kinds: ['RoleBinding'],
  checkObject(object, report, context) {
    const namespace = namespacesOf(context).get(namespaceOf(object));
    const { kind, name } = asObject(object.object.roleRef) ?? {};
    if (!namespace || !isTenant(namespace) || kind !== 'ClusterRole' || !isKind(object, 'rbac.authorization.k8s.io', 'RoleBinding')) return;
    // In a namespace that the platform manages, cluster-admin is an error of its own.
    if (name === 'edit' || name === 'admin' || (name === 'cluster-admin' && !isManaged(namespace))) {
      report({ object, pointer: '/roleRef/name', found: `the built-in role ${name} in ${namespace.name}` });
    }
  },
};
