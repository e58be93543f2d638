import { readQuantity } from './read-quantity';
import { step } from './text';
import { readWorkload, WORKLOAD_KINDS } from './workloads';
import { compareQuantities } from '../../values/quantity';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const requestAboveLimit: ObjectRule = {
  id: 'kubernetes/RequestAboveLimit',
  severity: 'error',
  what: 'A container requests more of a resource than its limit allows.',
  why: 'The API server refuses the pod.',
  mend: 'Raise the limit or lower the request.',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: example.com/web:1
      resources: { requests: { memory: 1Gi }, limits: { memory: 512Mi } }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: example.com/web:1
      resources: { requests: { memory: 512Mi, cpu: "2" }, limits: { memory: 0.5Gi } }
`,
  kinds: WORKLOAD_KINDS,
  checkObject(located, report) {
    for (const { pointer, fields } of readWorkload(located)?.containers ?? []) {
      const resources = asObject(fields.resources);
      const limits = asObject(resources?.limits) ?? {};
      for (const [resource, request] of Object.entries(asObject(resources?.requests) ?? {})) {
        const [wanted, most] = [readQuantity(request), readQuantity(limits[resource])];
        if (wanted && most && compareQuantities(wanted, most) > 0) {
          report({
            object: located,
            pointer: `${pointer}/resources/requests/${step(resource)}`,
            found: `a request of ${String(request)} ${resource}, with a limit of ${String(limits[resource])}`,
          });
        }
      }
    }
  },
};
