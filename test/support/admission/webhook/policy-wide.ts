import { Dict, items } from '../json';
import { atLeast } from '../version';
import { hasWildcard, wildcard } from '../wildcard';
import { eachRule, rulesOf, when } from './rules-of';

/** What the webhook refuses about a policy as a whole. */
export function policyProblems(policy: Dict, kyvernoVersion: string): string[] {
  const { metadata, spec } = policy;
  const names = rulesOf(policy).map(({ name }) => `${name}`);
  const autogen = metadata.annotations?.['pod-policies.kyverno.io/autogen-controllers'];
  return [
    ...when(metadata.namespace !== undefined && atLeast(kyvernoVersion, '1.17'), 'a ClusterPolicy has no namespace'),
    ...when(Buffer.byteLength(metadata.name) > 63, 'the policy name is longer than 63 bytes'),
    ...when(autogen === 'all', "the autogen-controllers annotation may not be 'all'"),
    ...when(names.some((name) => name.startsWith('autogen-')), 'Kyverno drops rules whose names start with autogen-'),
    ...names.filter((name, i) => names.indexOf(name) !== i).map((name) => `two rules are named '${name}'`),
    ...webhookSettings(spec),
    ...whenItRuns(policy),
    ...overrideProblems('spec', spec.validationFailureActionOverrides),
    ...eachRule(policy, ({ validate }) => overrideProblems('validate', validate?.failureActionOverrides)),
  ];
}

function webhookSettings({ webhookTimeoutSeconds, failurePolicy, webhookConfiguration, generateExistingOnPolicyUpdate }: Dict): string[] {
  const timeouts = [webhookTimeoutSeconds, webhookConfiguration?.timeoutSeconds].filter((seconds) => seconds !== undefined);
  return [
    ...when(timeouts.length === 2, 'webhookTimeoutSeconds and webhookConfiguration.timeoutSeconds are both set'),
    ...when(
      failurePolicy !== undefined && webhookConfiguration?.failurePolicy !== undefined,
      'failurePolicy and webhookConfiguration.failurePolicy are both set',
    ),
    ...when(timeouts.some((seconds) => seconds < 1 || seconds > 30), 'the webhook timeout is not within 1 to 30 seconds'),
    ...when(generateExistingOnPolicyUpdate !== undefined, 'generateExistingOnPolicyUpdate is gone: use generateExisting'),
  ];
}

function whenItRuns(policy: Dict): string[] {
  const { admission, background, mutateExistingOnPolicyUpdate } = policy.spec;
  const rules = rulesOf(policy);
  const untargeted = rules.filter(({ mutate }) => mutate !== undefined && items(mutate.targets).length === 0);
  return [
    ...when(admission === false && background === false, 'neither admission nor background'),
    ...when(
      admission === false && rules.some((rule) => rule.mutate ?? rule.generate ?? rule.verifyImages),
      'mutate, generate and verifyImages rules need admission',
    ),
    ...when(
      untargeted.some(({ mutate }) => mutateExistingOnPolicyUpdate === true || mutate.mutateExistingOnPolicyUpdate === true),
      'mutateExistingOnPolicyUpdate needs mutate.targets',
    ),
  ];
}

function overrideProblems(where: string, overrides: unknown): string[] {
  const entries = items(overrides).flatMap(({ action, namespaces }) => (
    items(namespaces).map((namespace: string) => ({ action: `${action}`.toLowerCase(), namespace }))
  ));
  const clash = entries.some((one) => entries.some((other) => (
    one.action !== other.action && (one.namespace === other.namespace
      || (hasWildcard(one.namespace) && wildcard(one.namespace, other.namespace)))
  )));
  return [
    ...when(items(overrides).some(({ action }) => action === undefined), `an override in ${where} has no action`),
    ...when(clash, `overrides in ${where} give one namespace two actions`),
  ];
}
