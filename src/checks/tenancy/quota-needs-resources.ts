import { mayBeGenerated, mayBeMutated } from './generator-targets';
import { containerLimits } from './limit-ranges';
import { countedBy, quotasOf } from './quotas';
import { displayName } from '../../manifests/identity';
import { readWorkload, WORKLOAD_KINDS } from '../kubernetes/workloads';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const quotaNeedsResources: ObjectRule = {
  id: 'tenancy/QuotaNeedsResources',
  severity: 'warning',
  what: 'A container leaves out what the quota of its namespace counts, and no LimitRange fills it in.',
  why: 'The API server refuses its pods, because it could not count them.',
  mend: 'Write it in the container, or add a LimitRange with defaults.',
  link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#requests-vs-limits',
  bad: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { limits.memory: 8Gi } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: "example.com/web:1", resources: { requests: { memory: 1Gi } } }] }
`,
  good: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { limits.memory: 8Gi } }
---
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec: { limits: [{ type: Container, default: { memory: 2Gi }, defaultRequest: { memory: 128Mi } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: "example.com/web:1", resources: { requests: { memory: 1Gi } } }] }
`,
  kinds: WORKLOAD_KINDS,
  checkObject(object, report, context) {
    const workload = readWorkload(object);
    const quotas = workload ? quotasOf(context, workload.namespace) : [];
    if (!workload || quotas.length === 0 || mayBeMutated(context) || mayBeGenerated(context, 'LimitRange', workload.namespace)) return;
    const items = containerLimits(context, workload.namespace);
    for (const quota of quotas) {
      for (const key of Object.keys(asObject(asObject(quota.object.spec)?.hard) ?? {})) {
        const counted = countedBy(key);
        if (!counted || items.some(item => fillsIn(item, counted))) continue;
        const container = workload.containers.find(({ fields }) => !says(fields.resources, counted));
        if (container) {
          report({
            object,
            pointer: container.pointer,
            found: `no ${counted.field} of ${counted.resource}, which ${displayName(quota.object)} counts`,
          });
        }
      }
    }
  },
};

type Counted = NonNullable<ReturnType<typeof countedBy>>;

function fillsIn(item: ReturnType<typeof containerLimits>[number], { field, resource }: Counted): boolean {
  // A max is the default limit where none is given, and a default limit the default request.
  const limit = item.default[resource] ?? item.max[resource];
  return limit !== undefined || (field === 'requests' && (item.defaultRequest[resource] ?? item.min[resource]) !== undefined);
}

function says(value: unknown, { field, resource }: Counted): boolean {
  const resources = value === undefined || value === null ? {} : asObject(value);
  // A template may say anything.
  if (!resources || typeof resources[field] === 'string') return true;
  return asObject(resources[field])?.[resource] !== undefined
    || (field === 'requests' && asObject(resources.limits)?.[resource] !== undefined);
}
