import { refuse } from '../values/guardrails-error';

/** Says that the namespace is under the platform's policies: they select by it. */
export const MANAGED_LABEL = 'platform.io/managed';

const RESERVED = [
  'kubernetes.io/', 'pod-security.kubernetes.io/', 'kustomize.toolkit.fluxcd.io/', 'toolkit.fluxcd.io/', 'app.kubernetes.io/managed-by',
];

/**
 * Stops labels that the platform, the API server or Flux decide on.
 */
export function refuseReservedLabels(at: string, labels: Record<string, string>, prefix: string): void {
  for (const key of Object.keys(labels)) {
    const owner = [MANAGED_LABEL, `${prefix}/`, ...RESERVED].find(reserved => key === reserved || (reserved.endsWith('/') && key.startsWith(reserved)));
    if (owner !== undefined) {
      refuse(at, 'labels', {
        given: key,
        allowed: `labels that neither the platform nor Kubernetes nor Flux decides on; ${owner} is reserved`,
        mend: 'Use the property that stands for it (team, environment, costCenter, podSecurity), or a key with a prefix of your own.',
      });
    }
  }
}
