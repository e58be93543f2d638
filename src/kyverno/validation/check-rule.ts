import { checkConditions } from './check-conditions';
import { checkContext } from './check-context';
import { checkGenerate } from './check-generate';
import { checkCancelling, checkMatch } from './check-match';
import { checkMutate } from './check-mutate';
import { checkRuleVariables } from './check-rule-variables';
import { checkSelectors } from './check-selectors';
import { checkValidate } from './check-validate';
import { checkVerifyImages } from './check-verify-images';
import { checkWildcardKinds } from './check-wildcard-kinds';
import type { Spot } from './spot';
import { labelValueProblem } from '../../values/labels';
import type { PolicyAction } from '../policy-action';
import type { KyvernoRule } from '../rule';

export interface PolicyContext {
  readonly kyverno: string;
  readonly background: boolean;
  readonly validationFailureAction?: PolicyAction;
}

/** What the webhook asks of a rule. */
export function checkRule(spot: Spot, rule: KyvernoRule, policy: PolicyContext): void {
  checkName(spot.in('name'), rule);
  spot.one(rule, ['validate', 'mutate', 'generate', 'verifyImages']);
  checkSelectors(spot, rule);
  checkMatch(spot.in('match'), rule.match, policy);
  if (rule.exclude) {
    checkMatch(spot.in('exclude'), rule.exclude, policy, true);
    checkCancelling(spot.in('exclude'), rule.match, rule.exclude);
  }
  checkWildcardKinds(spot, rule, policy.background);
  checkContext(spot.in('context'), rule.context);
  checkConditions(spot.in('preconditions'), rule.preconditions);
  checkCelFields(spot, rule);
  checkImageExtractors(spot.in('imageExtractors'), rule);
  checkRuleVariables(spot, rule);
  if (rule.validate) checkValidate(spot.in('validate'), policy.kyverno, rule.validate);
  if (rule.mutate) checkMutate(spot.in('mutate'), rule.mutate);
  if (rule.generate) checkGenerate(spot.in('generate'), policy.kyverno, rule.generate);
  rule.verifyImages?.forEach((entry, index) => checkVerifyImages(spot.in('verifyImages').in(index), entry, policy.validationFailureAction));
}

function checkName(spot: Spot, { name, generate }: KyvernoRule): void {
  if (name.length === 0 || name.length > 63) {
    spot.refuse(name, '1 to 63 characters', name.length === 0 ? 'Name the rule.' : `Shorten it to 63 characters, from ${name.length}.`);
  }
  if (name.startsWith('autogen-')) {
    spot.refuse(name, 'names that do not start with autogen-', 'Drop the prefix: Kyverno takes it for rules that it made for pod controllers.');
  }
  // Generated objects carry the name of their rule as a label.
  if (generate) spot.insist(labelValueProblem(name));
}

function checkCelFields(spot: Spot, { celPreconditions, context, validate }: KyvernoRule): void {
  if (celPreconditions && !validate?.cel) {
    spot.in('celPreconditions').refuse('CEL beside another kind of rule', 'celPreconditions with validate.cel', 'Use `preconditions`.');
  }
  if (context && validate?.cel) {
    spot.in('context').refuse('context with validate.cel', 'no context, which CEL cannot read', 'Use `validate.cel.variables`.');
  }
}

function checkImageExtractors(spot: Spot, { imageExtractors, verifyImages }: KyvernoRule): void {
  if (!imageExtractors) return;
  if (!verifyImages) spot.refuse('imageExtractors without verifyImages', 'them in rules with verifyImages', 'Drop them.');
  const converts = Object.values(imageExtractors).flat().some(({ jmesPath }) => jmesPath !== undefined);
  if (converts && verifyImages.some(({ mutateDigest }) => mutateDigest !== false)) {
    spot.refuse('jmesPath with mutateDigest', 'jmesPath with `mutateDigest: false`, since the image cannot be written back', 'Set `mutateDigest: false`.');
  }
}
