import { mayBeMutated } from './generator-targets';
import { containerLimits, type LimitItem } from './limit-ranges';
import { displayName } from '../../manifests/identity';
import { word } from '../../manifests/word';
import { compareQuantities } from '../../values/quantity';
import { readQuantity } from '../kubernetes/read-quantity';
import { type Container, readWorkload, WORKLOAD_KINDS } from '../kubernetes/workloads';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const limitRangeViolated: ObjectRule = {
  id: 'tenancy/LimitRangeViolated',
  severity: 'warning',
  what: 'A container asks for more, or less, than the LimitRange of its namespace allows.',
  why: 'The API server refuses its pods: of a Deployment no pod ever starts.',
  mend: 'Write requests and limits within the bounds, both of them.',
  link: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  bad: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec: { limits: [{ type: Container, default: { memory: 512Mi }, defaultRequest: { memory: 128Mi } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: "example.com/web:1", resources: { requests: { memory: 1Gi } } }] }
`,
  good: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec: { limits: [{ type: Container, default: { memory: 512Mi }, defaultRequest: { memory: 128Mi } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: "example.com/web:1", resources: { requests: { memory: 1Gi }, limits: { memory: 1Gi } } }] }
`,
  kinds: WORKLOAD_KINDS,
  checkObject(object, report, context) {
    const workload = readWorkload(object);
    if (!workload) return;
    const items = containerLimits(context, workload.namespace);
    if (items.length === 0 || mayBeMutated(context)) return;
    for (const container of workload.containers) {
      for (const item of items) {
        // With several LimitRanges, which one gives the default is not defined.
        const found = fault(container, item, items.length === 1);
        if (found) report({ object, pointer: `${container.pointer}/resources`, found: `${found} of ${displayName(item.located.object)}` });
      }
    }
  },
};

function fault({ fields }: Container, { max, min, ...defaults }: LimitItem, isOnly: boolean): string | undefined {
  const { requests, limits } = asObject(fields.resources) ?? {};
  const [asked, most] = [asObject(requests) ?? {}, asObject(limits) ?? {}];
  for (const [field, amounts] of [['request', asked], ['limit', most]] as const) {
    for (const [resource, amount] of Object.entries(amounts)) {
      const text = `a ${field} of ${word(amount)} ${resource}`;
      if (isAbove(amount, max[resource])) return `${text}, above the max ${word(max[resource])}`;
      if (isAbove(min[resource], amount)) return `${text}, below the min ${word(min[resource])}`;
    }
  }
  for (const [resource, amount] of Object.entries(asked)) {
    const limit = defaults.default[resource] ?? max[resource];
    if (isOnly && most[resource] === undefined && isAbove(amount, limit)) {
      return `a request of ${word(amount)} ${resource} and no limit, above the default limit ${word(limit)}`;
    }
  }
  return undefined;
}

function isAbove(amount: unknown, bound: unknown): boolean {
  const [quantity, most] = [readQuantity(amount), readQuantity(bound)];
  return quantity !== undefined && most !== undefined && compareQuantities(quantity, most) > 0;
}
