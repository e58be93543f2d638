import { mayBeGenerated } from './generator-targets';
import { inNamespace } from './in-namespace';
import { tenantsOf } from './tenants';
import type { SetRule } from '../rule';

export const noQuota: SetRule = {
  id: 'tenancy/NoQuota',
  severity: 'warning',
  what: 'A tenant\'s namespace has no ResourceQuota.',
  why: 'The tenant can use up the cluster, and the others go without.',
  mend: 'Add a ResourceQuota with requests and limits.',
  link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { platform.io/managed: "true" } }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { platform.io/managed: "true" } }
---
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { requests.cpu: "4", requests.memory: 8Gi } }
`,
  *checkSet(context) {
    for (const { located, name } of tenantsOf(context)) {
      if (inNamespace(context, '', 'ResourceQuota', name).length > 0 || mayBeGenerated(context, 'ResourceQuota', name)) continue;
      yield { object: located, found: `no ResourceQuota in ${name}` };
    }
  },
};
