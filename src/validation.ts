import { readFileSync } from 'node:fs';
import { type CheckOptions } from './check';
import { distinctFindings } from './checks/distinct-findings';
import type { Located } from './checks/finding';
import { type ClusterObjects, splitClusters } from './checks/flux/split-clusters';
import { review } from './checks/review';
import { describeSource } from './manifests/describe-source';
import { displayName } from './manifests/identity';
import { locate } from './manifests/locate';
import { readFiles } from './manifests/read-files';
import { readTargetComment } from './target/target-comment';
import { readPlatformFacts } from './target/target-file';
import { targetOf } from './target/target-of';

/** What the cdk8s command line hands to a validation; the parts of it that are used here. */
interface ValidationContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure'): void;
  };
}

interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: { readonly resourceName: string; readonly locations: string[]; readonly manifestPath: string }[];
}

/** `properties` of the validation in `cdk8s.yaml`. */
interface GuardrailsValidationProps extends Pick<CheckOptions, 'target' | 'ignore'> {
  /** From which severity on a finding stops the synth: `error` or `warning`. */
  readonly failOn?: 'error' | 'warning';
}

/**
 * The checks as a validation plugin of the cdk8s command line, for apps that do not use the constructs. Each cluster of a `FluxApp` is
 * checked by itself, for what it is unless `target` says otherwise. Named in `cdk8s.yaml`:
 *
 *     validations:
 *       - package: ./node_modules/cdk8s-guardrails/lib/validation
 *         class: GuardrailsValidation
 *         version: 0.0.0
 */
export class GuardrailsValidation {
  constructor(private readonly props: GuardrailsValidationProps = {}) {}

  /** Checks the manifests that were synthesized. */
  async validate(context: ValidationContext): Promise<void> {
    const { target, ignore, failOn = 'error' } = this.props;
    const { objects, problems } = readFiles([...context.manifests]);
    const given = targetOf(readPlatformFacts(target, 'cdk8s.yaml'), 'cdk8s.yaml');
    const findings = distinctFindings(clustersIn(objects).flatMap(({ name = 'cdk8s.yaml', objects: own, facts }) => (
      review(own, target || facts === undefined ? given : targetOf(readPlatformFacts(facts, name), name), { ignore }).findings)));
    const told = [...problems, ...findings].filter(({ severity }) => severity === 'error' || severity === 'warning');
    for (const finding of told) {
      const source = locate(finding.object, finding.pointer);
      context.report.addViolation({
        ruleName: `${finding.id} (${finding.severity})`,
        recommendation: `${finding.found}. ${finding.why}`,
        fix: `${finding.mend} ${finding.link}`,
        violatingResources: [{
          resourceName: displayName(finding.object.object),
          locations: [finding.pointer, describeSource(source)].filter(Boolean),
          manifestPath: source.file ?? '',
        }],
      });
    }
    const fails = told.some(({ severity }) => severity === 'error' || failOn === 'warning');
    context.report.submit(fails ? 'failure' : 'success');
  }
}

/** The objects of each cluster: a FluxApp has a file for each, which says so, and other apps have folders if anything. */
function clustersIn(objects: readonly Located[]): ClusterObjects[] {
  const ofFluxApp = [...new Set(objects.flatMap(({ source }) => source.file ?? []))].flatMap(file => {
    const cluster = readTargetComment(readFileSync(file, 'utf8').split('\n', 1)[0]!);
    return cluster ? [{ ...cluster, file, objects: objects.filter(({ source }) => source.file === file) }] : [];
  });
  const rest = objects.filter(({ source }) => !ofFluxApp.some(({ file }) => file === source.file));
  return rest.length > 0 ? [...ofFluxApp, ...splitClusters(rest)] : ofFluxApp;
}
