import { groupOf } from './group';
import { readQuantity } from './read-quantity';
import { step } from './text';
import { compareQuantities } from '../../values/quantity';
import { asList, asObject } from '../read';
import type { Hit, ObjectRule } from '../rule';

/** What must not be above what. */
const ORDER = [
  ['min', 'max'], ['min', 'default'], ['min', 'defaultRequest'], ['default', 'max'], ['defaultRequest', 'max'], ['defaultRequest', 'default'],
] as const;

export const limitRangeOrder: ObjectRule = {
  id: 'kubernetes/LimitRangeOrder',
  severity: 'error',
  what: 'The bounds of a LimitRange contradict each other: min, defaultRequest, default and max must not fall in this order.',
  why: 'The API server refuses the object.',
  mend: 'Order them min, defaultRequest, default, max, each at most the next.',
  link: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  bad: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec:
  limits: [{ type: Container, default: { memory: 512Mi }, defaultRequest: { memory: 1Gi } }]
`,
  good: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec:
  limits: [{ type: Container, min: { cpu: 50m }, defaultRequest: { cpu: 100m }, default: { cpu: "0.5" }, max: { cpu: 500m } }]
`,
  kinds: ['LimitRange'],
  checkObject(located, report) {
    if (groupOf(located.object.apiVersion) !== '') return;
    const types = new Set<unknown>();
    for (const [index, entry] of asList(asObject(located.object.spec)?.limits).entries()) {
      const item = asObject(entry) ?? {};
      const pointer = `/spec/limits/${index}`;
      for (const { at, found } of itemFaults(item, types)) report({ object: located, pointer: `${pointer}${at}`, found } satisfies Hit);
      types.add(item.type);
    }
  },
};

function* itemFaults(item: Record<string, unknown>, typesBefore: ReadonlySet<unknown>): Iterable<{ at: string; found: string }> {
  if (typeof item.type === 'string' && typesBefore.has(item.type)) yield { at: '/type', found: `a second item for ${item.type}` };
  for (const field of ['default', 'defaultRequest']) {
    if (item.type === 'Pod' && Object.keys(asObject(item[field]) ?? {}).length > 0) {
      yield {
        at: `/${field}`,
        found: `${field} for pods, where only containers have defaults`,
      };
    }
  }
  for (const [low, high] of ORDER) {
    const most = asObject(item[high]) ?? {};
    for (const [resource, amount] of Object.entries(asObject(item[low]) ?? {})) {
      const [least, bound] = [readQuantity(amount), readQuantity(most[resource])];
      if (least && bound && compareQuantities(least, bound) > 0) {
        yield { at: `/${low}/${step(resource)}`, found: `${low} ${String(amount)} of ${resource} above ${high} ${String(most[resource])}` };
      }
    }
  }
}
