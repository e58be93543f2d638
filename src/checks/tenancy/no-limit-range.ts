import { mayBeGenerated } from './generator-targets';
import { inNamespace } from './in-namespace';
import { tenantsOf } from './tenants';
import type { SetRule } from '../rule';

export const noLimitRange: SetRule = {
  id: 'tenancy/NoLimitRange',
  severity: 'warning',
  what: 'A tenant\'s namespace has no LimitRange.',
  why: 'A container without limits takes what the node has, and under a quota it is refused.',
  mend: 'Add a LimitRange with defaults for containers.',
  link: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
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
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec: { limits: [{ type: Container, default: { memory: 512Mi }, defaultRequest: { memory: 128Mi } }] }
`,
  *checkSet(context) {
    for (const { located, name } of tenantsOf(context)) {
      if (inNamespace(context, '', 'LimitRange', name).length > 0 || mayBeGenerated(context, 'LimitRange', name)) continue;
      yield { object: located, found: `no LimitRange in ${name}` };
    }
  },
};
