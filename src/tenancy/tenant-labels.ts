import { refuse } from '../values/guardrails-error';

/** Says that the namespace is under the platform's policies: they select by it. */
export const MANAGED_LABEL = 'platform.io/managed';

/** Says whether Flux deletes an object that is gone from the repository. */
export const PRUNE_ANNOTATION = 'kustomize.toolkit.fluxcd.io/prune';

const RESERVED = [
  'kubernetes.io/', 'pod-security.kubernetes.io/', 'kustomize.toolkit.fluxcd.io/', 'toolkit.fluxcd.io/', 'app.kubernetes.io/managed-by',
];

/**
 * Stops labels that the platform, the API server or Flux decide on.
 */
export function refuseReservedLabels(at: string, labels: Record<string, string>, prefix: string): void {
  for (const key of Object.keys(labels)) {
    const owner = [MANAGED_LABEL, `${prefix}/`, ...RESERVED]
      .find(reserved => key === reserved || (reserved.endsWith('/') && key.startsWith(reserved)));
    if (owner !== undefined) {
      refuse(at, 'labels', {
        given: key,
        allowed: `labels that neither the platform nor Kubernetes nor Flux decides on; ${owner} is reserved`,
        mend: 'Use the property that stands for it (team, environment, costCenter, podSecurity), or a key with a prefix of your own.',
      });
    }
  }
}

/**
 * Stops an annotation that would say something else than `removal`.
 */
export function refuseReservedAnnotations(at: string, annotations: Record<string, string>): void {
  if (!(PRUNE_ANNOTATION in annotations)) return;
  refuse(at, 'annotations', {
    given: PRUNE_ANNOTATION,
    allowed: `annotations other than ${PRUNE_ANNOTATION}, which \`removal\` stands for`,
    mend: 'Say RemovalPolicy.RETAIN or RemovalPolicy.DELETE.',
  });
}
