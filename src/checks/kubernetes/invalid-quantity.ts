import { groupOf } from './group';
import { readQuantity } from './read-quantity';
import { isTemplate, step } from './text';
import { readWorkload, WORKLOAD_KINDS } from './workloads';
import { quantityProblem } from '../../values/quantity';
import type { Located } from '../finding';
import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';

export const invalidQuantity: ObjectRule = {
  id: 'kubernetes/InvalidQuantity',
  severity: 'error',
  what: 'An amount of a resource is no quantity, or is below zero.',
  why: 'The API server refuses the object.',
  mend: 'Write it like 500m, 2 or 1.5Gi.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  bad: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { requests.memory: 4GB } }
`,
  good: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota, namespace: shop }
spec: { hard: { requests.memory: 4Gi, pods: "20", limits.cpu: 1500m } }
`,
  kinds: [...WORKLOAD_KINDS, 'ResourceQuota', 'LimitRange', 'PersistentVolumeClaim'],
  checkObject(located, report) {
    visitAmounts(located, (value, pointer) => {
      const amounts = asObject(value);
      for (const resource in amounts) {
        const wrong = amountProblem(amounts[resource]);
        if (wrong) report({ object: located, pointer: `${pointer}/${step(resource)}`, found: `${wrong.given} of ${resource}`, mend: wrong.mend });
      }
    });
  },
};

const BOUNDS = ['requests', 'limits'];
const LIMITS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];

function visitAmounts(located: Located, visit: (amounts: unknown, pointer: string) => void): void {
  const { object } = located;
  const spec = asObject(object.spec);
  if (WORKLOAD_KINDS.includes(object.kind)) {
    for (const { pointer, fields } of readWorkload(located)?.containers ?? []) {
      const resources = asObject(fields.resources);
      if (resources) for (const field of BOUNDS) visit(resources[field], `${pointer}/resources/${field}`);
    }
  } else if (groupOf(object.apiVersion) !== '' || !spec) {
    return;
  } else if (object.kind === 'ResourceQuota') {
    visit(spec.hard, '/spec/hard');
  } else if (object.kind === 'PersistentVolumeClaim') {
    const resources = asObject(spec.resources);
    for (const field of BOUNDS) visit(resources?.[field], `/spec/resources/${field}`);
  } else {
    asList(spec.limits).forEach((item, index) => {
      for (const field of LIMITS) visit(asObject(item)?.[field], `/spec/limits/${index}/${field}`);
    });
  }
}

function amountProblem(amount: unknown): { given: string; mend: string } | undefined {
  if ((typeof amount !== 'string' && typeof amount !== 'number') || (typeof amount === 'string' && isTemplate(amount))) return undefined;
  const nanos = readQuantity(amount)?.nanos;
  if (nanos === undefined) return quantityProblem(amount);
  return nanos < 0n ? { given: String(amount), mend: 'Write an amount of zero or more.' } : undefined;
}
