import { helmReleaseSpec, kustomizationSpec } from './kinds';
import { isLockedDown } from './lockdown';
import { namespacesOf } from '../kubernetes/namespaces';
import { namespaceOf } from '../kubernetes/workloads';
import type { ObjectRule } from '../rule';
import { isTenant } from '../tenancy/tenants';

export const noServiceAccount: ObjectRule = {
  id: 'flux/NoServiceAccount',
  severity: 'warning',
  what: 'A Kustomization or HelmRelease of a tenant, or under lockdown, names no service account.',
  why: 'Without lockdown it is applied as cluster-admin; under lockdown as the service account default, which may do nothing.',
  mend: 'Write spec.serviceAccountName.',
  link: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { toolkit.fluxcd.io/tenant: shop } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: shop }
spec: { interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { toolkit.fluxcd.io/tenant: shop } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: shop }
spec: { interval: 10m, prune: true, serviceAccountName: shop, sourceRef: { kind: GitRepository, name: shop } }
`,
  kinds: ['Kustomization', 'HelmRelease'],
  checkObject(object, report, context) {
    const spec = kustomizationSpec(object) ?? helmReleaseSpec(object);
    // With a kubeconfig the rights are those of the other cluster.
    if (!spec || spec.serviceAccountName || spec.kubeConfig) return;
    const namespace = namespacesOf(context).get(namespaceOf(object));
    if (isLockedDown(context)) {
      report({ object, pointer: '/spec', found: 'no serviceAccountName, under lockdown' });
    } else if (namespace && isTenant(namespace)) {
      report({
        object,
        pointer: '/spec',
        found: `no serviceAccountName, in the tenant's namespace ${namespace.name}`,
      });
    }
  },
};
