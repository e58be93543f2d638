import type { FindingText } from './finding-text';

/** A rule that stumbled over an object: it must not take the synth down, and not pass in silence either. */
export const RULE_FAILED: FindingText = {
  id: 'check/RuleFailed',
  severity: 'warning',
  what: 'A rule failed while it looked at an object.',
  why: 'Whether the object breaks the rule is not known.',
  mend: 'Report it with the object, to https://github.com/cdk8s-guardrails/cdk8s-guardrails/issues.',
  link: 'https://github.com/cdk8s-guardrails/cdk8s-guardrails/issues',
};
