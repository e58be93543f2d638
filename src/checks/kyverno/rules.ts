import { ambiguousKind } from './ambiguous-kind';
import { autogenAll } from './autogen-all';
import { autogenIncomplete } from './autogen-incomplete';
import { autogenMisspelt } from './autogen-misspelt';
import { autogenSuppressed } from './autogen-suppressed';
import { celFieldMisplaced } from './cel-field-misplaced';
import { celIncomplete } from './cel-incomplete';
import { celPolicyMatchesNothing } from './cel-policy-matches-nothing';
import { celPolicyNeverRuns } from './cel-policy-never-runs';
import { clusterPolicyNamespace } from './cluster-policy-namespace';
import { comparesAbsentField } from './compares-absent-field';
import { conditionIncomplete } from './condition-incomplete';
import { conditionOperator } from './condition-operator';
import { conditionsMisspelt } from './conditions-misspelt';
import { containersForgotten } from './containers-forgotten';
import { contextEntryRefused } from './context-entry-refused';
import { defaultDenyWithoutDns } from './default-deny-without-dns';
import { denyEverything } from './deny-everything';
import { denyOnDelete } from './deny-on-delete';
import { deprecatedLanguage } from './deprecated-language';
import { deprecatedOperator } from './deprecated-operator';
import { deprecatedSetting } from './deprecated-setting';
import { duplicateRuleName } from './duplicate-rule-name';
import { elementOutsideForeach } from './element-outside-foreach';
import { ephemeralResources } from './ephemeral-resources';
import { exceptionRuleNames } from './exception-rule-names';
import { excludeCancelsMatch } from './exclude-cancels-match';
import { filteredNamespace } from './filtered-namespace';
import { foreachShape } from './foreach-shape';
import { generateAnchor } from './generate-anchor';
import { generateExistingOnPolicyUpdate } from './generate-existing-on-policy-update';
import { generateExistingUnsaid } from './generate-existing-unsaid';
import { generateNameDiffers } from './generate-name-differs';
import { generateRights } from './generate-rights';
import { generateTargetRefused } from './generate-target-refused';
import { generateVariables } from './generate-variables';
import { generateWithoutOrphan } from './generate-without-orphan';
import { generatesWhatItMatches } from './generates-what-it-matches';
import { imageExtractorsMisplaced } from './image-extractors-misplaced';
import { jsonPatchBroken } from './json-patch-broken';
import { listElementsIgnored } from './list-elements-ignored';
import { lowerCaseAction } from './lower-case-action';
import { matchMixesForms } from './match-mixes-forms';
import { matchWithoutKinds } from './match-without-kinds';
import { missingFailureAction } from './missing-failure-action';
import { mixedActions } from './mixed-actions';
import { mutateExistingWithoutTargets } from './mutate-existing-without-targets';
import { namespaceSelectorOnNamespace } from './namespace-selector-on-namespace';
import { namespaceTriggerUnbounded } from './namespace-trigger-unbounded';
import { namespacedPolicyReach } from './namespaced-policy-reach';
import { neverRuns } from './never-runs';
import { oneGenerateSource } from './one-generate-source';
import { oneMutateForm } from './one-mutate-form';
import { oneRuleType } from './one-rule-type';
import { oneValidateForm } from './one-validate-form';
import { overridesConflict } from './overrides-conflict';
import { patchAnchorIgnored } from './patch-anchor-ignored';
import { pathWithoutDefault } from './path-without-default';
import { patternAnchor } from './pattern-anchor';
import { patternLabelNotString } from './pattern-label-not-string';
import { patternNeverFails } from './pattern-never-fails';
import { podSecurityExclude } from './pod-security-exclude';
import { policyNameTooLong } from './policy-name-too-long';
import { policyRefused } from './policy-refused';
import { requestNamespaceOfNamespace } from './request-namespace-of-namespace';
import { requestOperationValue } from './request-operation-value';
import { reservedRuleName } from './reserved-rule-name';
import { ruleNameTruncated } from './rule-name-truncated';
import { selectorRefused } from './selector-refused';
import { subjectIncomplete } from './subject-incomplete';
import { subresourceForgotten } from './subresource-forgotten';
import { subresourceInBackground } from './subresource-in-background';
import { unknownKind } from './unknown-kind';
import { userInBackground } from './user-in-background';
import { variableMisplaced } from './variable-misplaced';
import { variableNoJmespath } from './variable-no-jmespath';
import { variableUnclosed } from './variable-unclosed';
import { variableUnknown } from './variable-unknown';
import { verifyImagesRefused } from './verify-images-refused';
import { webhookSettingTwice } from './webhook-setting-twice';
import { webhookTimeoutOutOfRange } from './webhook-timeout-out-of-range';
import { wildcardKindBlocks } from './wildcard-kind-blocks';
import { wildcardKinds } from './wildcard-kinds';
import type { Rule } from '../rule';

/** The rules about Kyverno's policies, by name. */
export const KYVERNO_RULES: readonly Rule[] = [
  ambiguousKind,
  autogenAll,
  autogenIncomplete,
  autogenMisspelt,
  autogenSuppressed,
  celFieldMisplaced,
  celIncomplete,
  celPolicyMatchesNothing,
  celPolicyNeverRuns,
  clusterPolicyNamespace,
  comparesAbsentField,
  conditionIncomplete,
  conditionOperator,
  conditionsMisspelt,
  containersForgotten,
  contextEntryRefused,
  defaultDenyWithoutDns,
  denyEverything,
  denyOnDelete,
  deprecatedLanguage,
  deprecatedOperator,
  deprecatedSetting,
  duplicateRuleName,
  elementOutsideForeach,
  ephemeralResources,
  exceptionRuleNames,
  excludeCancelsMatch,
  filteredNamespace,
  foreachShape,
  generateAnchor,
  generateExistingOnPolicyUpdate,
  generateExistingUnsaid,
  generateNameDiffers,
  generateRights,
  generateTargetRefused,
  generateVariables,
  generateWithoutOrphan,
  generatesWhatItMatches,
  imageExtractorsMisplaced,
  jsonPatchBroken,
  listElementsIgnored,
  lowerCaseAction,
  matchMixesForms,
  matchWithoutKinds,
  missingFailureAction,
  mixedActions,
  mutateExistingWithoutTargets,
  namespaceSelectorOnNamespace,
  namespaceTriggerUnbounded,
  namespacedPolicyReach,
  neverRuns,
  oneGenerateSource,
  oneMutateForm,
  oneRuleType,
  oneValidateForm,
  overridesConflict,
  patchAnchorIgnored,
  pathWithoutDefault,
  patternAnchor,
  patternLabelNotString,
  patternNeverFails,
  podSecurityExclude,
  policyNameTooLong,
  policyRefused,
  requestNamespaceOfNamespace,
  requestOperationValue,
  reservedRuleName,
  ruleNameTruncated,
  selectorRefused,
  subjectIncomplete,
  subresourceForgotten,
  subresourceInBackground,
  unknownKind,
  userInBackground,
  variableMisplaced,
  variableNoJmespath,
  variableUnclosed,
  variableUnknown,
  verifyImagesRefused,
  webhookSettingTwice,
  webhookTimeoutOutOfRange,
  wildcardKindBlocks,
  wildcardKinds,
];
