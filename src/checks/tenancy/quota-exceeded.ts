import { countedBy, leastOfPod, leastPods, quotasOf } from './quotas';
import { identityOf } from '../../manifests/identity';
import { compareQuantities, type Quantity, quantityToString } from '../../values/quantity';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { readQuantity } from '../kubernetes/read-quantity';
import { step } from '../kubernetes/text';
import { type Workload, workloadsOf } from '../kubernetes/workloads';
import { asObject } from '../read';
import type { Hit, SetRule } from '../rule';

export const quotaExceeded: SetRule = {
  id: 'tenancy/QuotaExceeded',
  severity: 'warning',
  what: 'The workloads of a namespace need more than its ResourceQuota grants.',
  why: 'The API server refuses the pods that come last, and a rollout stops half-way.',
  mend: 'Raise the quota, or ask for less.',
  link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  bad: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { requests.memory: 2Gi } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "example.com/web:1", resources: { requests: { memory: 1Gi } } }] }
`,
  good: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { requests.memory: 3Gi } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "example.com/web:1", resources: { requests: { memory: 1Gi } } }] }
`,
  *checkSet(context) {
    if (context.ofKind('ResourceQuota').length === 0) return;
    for (const [namespace, workloads] of byNamespace(context)) {
      for (const quota of quotasOf(context, namespace)) yield* quotaHits(context, quota, workloads);
    }
  },
};

function* quotaHits(context: CheckContext, quota: Located, workloads: readonly Workload[]): Iterable<Hit> {
  for (const [key, given] of Object.entries(asObject(asObject(quota.object.spec)?.hard) ?? {})) {
    const hard = readQuantity(given);
    const counted = countedBy(key);
    if (!hard || (!counted && key !== 'pods')) continue;
    let total = 0n;
    for (const workload of workloads) {
      const pod = counted ? leastOfPod(workload, counted) : ONE;
      const needed = { nanos: pod.nanos * BigInt(Math.ceil(leastPods(context, workload))) };
      total += needed.nanos;
      const one = compareQuantities(pod, hard) > 0;
      if (one) yield { object: workload.located, found: `pods with ${key} ${quantityToString(pod)}, and a quota of ${String(given)}` };
      if (one) total -= needed.nanos;
    }
    if (total > hard.nanos) {
      yield {
        object: quota,
        pointer: `/spec/hard/${step(key)}`,
        found: `${key} ${String(given)}, and workloads that need ${quantityToString({ nanos: total })}`,
      };
    }
  }
}

const ONE: Quantity = { nanos: 10n ** 9n };

/** The workloads of each namespace, each object once. */
function byNamespace(context: CheckContext): Map<string, Workload[]> {
  const namespaces = new Map<string, Workload[]>();
  const seen = new Set<string>();
  for (const workload of workloadsOf(context)) {
    const identity = identityOf(workload.located.object);
    if (seen.has(identity)) continue;
    seen.add(identity);
    const list = namespaces.get(workload.namespace);
    if (list) list.push(workload);
    else namespaces.set(workload.namespace, [workload]);
  }
  return namespaces;
}
