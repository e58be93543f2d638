import { MADE_HERE, MANAGED_LABEL } from '../target/well-known-labels';
import { refuse } from '../values/guardrails-error';
import { labelKeyProblem, labelValueProblem } from '../values/labels';
import { type Problem, problem } from '../values/problem';

/** Says whether Flux deletes an object that is gone from the repository. */
export const PRUNE_ANNOTATION = 'kustomize.toolkit.fluxcd.io/prune';

const RESERVED = [
  'kubernetes.io/', 'pod-security.kubernetes.io/', 'kustomize.toolkit.fluxcd.io/', 'toolkit.fluxcd.io/', ...Object.keys(MADE_HERE),
];

/** The team is the value of a label, and the one that tells tenants apart. */
export function teamProblem(team: string): Problem | undefined {
  return team === '' ? problem(team, 'the name of a team', 'Name the team that owns the namespace.') : labelValueProblem(team);
}

/** A prefix under which Kubernetes or Flux would take the tenant's labels for its own. */
export function prefixProblem(prefix: string): Problem | undefined {
  const isTaken = /(^|\.)(kubernetes\.io|k8s\.io|toolkit\.fluxcd\.io)$/.test(prefix);
  return labelKeyProblem(`${prefix}/team`) ?? (isTaken ? problem(
    prefix, 'a domain of your own: those of Kubernetes and Flux are reserved', 'Take one, such as \'platform.example.com\'.',
  ) : undefined);
}

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
