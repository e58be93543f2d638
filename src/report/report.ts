import type { Finding, Severity } from '../checks/finding';
import type { FindingText } from '../checks/finding-text';

/** What a check found, with what people need to judge it. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  /** What is said of the ids that findings can have. */
  readonly texts: readonly FindingText[];
}

/** What was checked, and for what. */
export interface Summary {
  /** The target in a line. */
  readonly target: string;
  readonly files: number;
  readonly objects: number;
  /** Documents that are no Kubernetes objects. */
  readonly otherDocuments: number;
  /** How many objects there are of each kind that no rule looks at. */
  readonly unknownKinds: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  /** Findings from this severity on make the check fail. */
  readonly failOn: Severity;
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** Whether a finding makes the check fail. */
export function fails({ severity }: Pick<Finding, 'severity'>, failOn: Severity): boolean {
  return RANK[severity] >= RANK[failOn];
}

export function count(findings: readonly Finding[], severity: Severity): number {
  return findings.filter(finding => finding.severity === severity).length;
}
