import { checkOverrides } from './check-overrides';
import { checkRule } from './check-rule';
import { userVariable } from './check-rule-variables';
import { checkSelectors } from './check-selectors';
import { Spot } from './spot';
import type { KyvernoPolicyProps } from '../kyverno-policy';
import type { KyvernoRule } from '../rule';

const AUTOGEN = 'pod-policies.kyverno.io/autogen-controllers';

/**
 * What Kyverno's webhook would refuse, as far as it can be known without a cluster.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/
 */
export function checkPolicy(at: string, kyverno: string, props: KyvernoPolicyProps): void {
  const spot = new Spot(at, '');
  const background = props.background ?? true;
  if (!props.rules?.length) spot.in('rules').refuse('none', 'at least one rule', 'Add a rule: a policy without any does nothing.');
  checkSettings(spot, props);
  checkOverrides(spot.in('validationFailureActionOverrides'), props.validationFailureActionOverrides);
  checkSelectors(spot.in('validationFailureActionOverrides'), props.validationFailureActionOverrides);
  checkAutogen(spot.in('annotations'), props.annotations?.[AUTOGEN]);
  const names = new Set<string>();
  for (const rule of props.rules) {
    if (names.has(rule.name)) spot.in('rules').refuse(`two rules named ${rule.name}`, 'names that differ', 'Rename one of them.');
    names.add(rule.name);
    checkRule(spot.in(`rules[${rule.name}]`), rule, { kyverno, background, validationFailureAction: props.validationFailureAction });
  }
  checkBackground(spot, props, background);
  checkTargets(spot, props);
}

function checkSettings(spot: Spot, props: KyvernoPolicyProps): void {
  const { webhookConfiguration: webhook } = props;
  for (const [old, now] of [['webhookTimeoutSeconds', 'timeoutSeconds'], ['failurePolicy', 'failurePolicy']] as const) {
    if (props[old] !== undefined && webhook?.[now] !== undefined) {
      spot.in(old).refuse(`both ${old} and webhookConfiguration.${now}`, 'one of them', `Drop ${old}, which is deprecated.`);
    }
  }
  const timeouts = { 'webhookTimeoutSeconds': props.webhookTimeoutSeconds, 'webhookConfiguration.timeoutSeconds': webhook?.timeoutSeconds };
  for (const [field, seconds] of Object.entries(timeouts)) {
    if (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 1 && seconds <= 30)) {
      spot.in(field).refuse(seconds, 'whole seconds, 1 to 30', 'Choose a number between them; Kyverno takes 10 by itself.');
    }
  }
  if (props.admission !== false) return;
  if (props.background === false) spot.refuse('admission and background both false', 'one of them true', 'Turn one on, or remove the policy.');
  const needy = props.rules.find(rule => rule.mutate ?? rule.generate ?? rule.verifyImages);
  if (needy) {
    spot.in('admission').refuse(`false with the rule ${needy.name}`, 'false with validate rules only', 'Drop `admission: false`, or move the rule.');
  }
}

function checkAutogen(spot: Spot, controllers: string | undefined): void {
  if (controllers === 'all') spot.refuse('autogen-controllers: all', 'a list of controllers, or none', 'Drop the annotation: every controller is the default.');
  // Kyverno compares the names as they are, spaces included.
  if (controllers !== undefined && /\s/.test(controllers)) {
    spot.refuse(controllers, 'a list with commas and no spaces', `Write '${controllers.replace(/\s/g, '')}'.`);
  }
}

function checkBackground(spot: Spot, { rules }: KyvernoPolicyProps, background: boolean): void {
  // Rules with targets run in the background by request, where the user is known.
  if (!background || rules.some(rule => rule.mutate?.targets)) return;
  for (const rule of rules) {
    const variable = userVariable(rule);
    if (variable !== undefined) {
      spot.in(`rules[${rule.name}]`).refuse(
        `{{ ${variable} }} in a policy that runs in the background`,
        'variables about the user in policies with `background: false`, since a background scan knows no user',
        'Set `background: false` on the policy.',
      );
    }
  }
}

function checkTargets(spot: Spot, props: KyvernoPolicyProps): void {
  const lacks = (rule: KyvernoRule): boolean =>
    !!rule.mutate && !rule.mutate.targets && !!(props.mutateExistingOnPolicyUpdate || rule.mutate.mutateExistingOnPolicyUpdate);
  const rule = props.rules.find(lacks);
  if (rule) {
    spot.in(`rules[${rule.name}]`).in('mutate.targets').refuse('none', 'targets where mutateExistingOnPolicyUpdate is on', 'Name the objects that are changed.');
  }
}
