import { tenantsOf } from './tenants';
import type { SetRule } from '../rule';

export const ENFORCE_LABEL = 'pod-security.kubernetes.io/enforce';

export const noPodSecurity: SetRule = {
  id: 'tenancy/NoPodSecurity',
  severity: 'warning',
  what: 'A tenant\'s namespace enforces no Pod Security level.',
  why: 'Privileged pods are taken, and they are root on the node.',
  mend: `Label the namespace ${ENFORCE_LABEL}: restricted, or baseline.`,
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { platform.io/managed: "true" } }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { platform.io/managed: "true", pod-security.kubernetes.io/enforce: restricted } }
`,
  *checkSet(context) {
    for (const { located, labels } of tenantsOf(context)) {
      const level = labels?.[ENFORCE_LABEL];
      if (level === undefined) {
        yield { object: located, pointer: '/metadata/labels', found: `no ${ENFORCE_LABEL}` };
      } else if (level === 'privileged') {
        yield {
          object: located,
          pointer: '/metadata/labels',
          found: 'the level privileged, which refuses nothing',
        };
      }
    }
  },
};
