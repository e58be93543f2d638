import { type CheckOptions } from './check';
import { review } from './checks/review';
import { describeSource } from './manifests/describe-source';
import { displayName } from './manifests/identity';
import { locate } from './manifests/locate';
import { readFiles } from './manifests/read-files';
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
 * The checks as a validation plugin of the cdk8s command line, for apps that do not use the constructs. Named in `cdk8s.yaml`:
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
    const { findings } = review(objects, targetOf(readPlatformFacts(target, 'cdk8s.yaml'), 'cdk8s.yaml'), { ignore });
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
