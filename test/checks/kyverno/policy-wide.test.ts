import { finds, findings, policy, TEAM, validate } from './support';

const TEAM_PATTERN = 'pattern: { metadata: { labels: { team: "?*" } } }';
const named = (name: string, more = '') => `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: "${name}"${more} }\nspec: { rules: [] }`;
const annotated = (controllers: string, kinds = 'Pod') => validate(TEAM_PATTERN, kinds)
  .replace('name: test }', `name: test, annotations: { pod-policies.kyverno.io/autogen-controllers: "${controllers}" } }`);

test.each([
  ['PolicyRefused', '1.20', 'a ClusterPolicy', policy(TEAM)],
  ['PolicyRefused', '1.20', 'a cleanup policy', 'apiVersion: kyverno.io/v2\nkind: CleanupPolicy\nmetadata: { name: a, namespace: b }'],
  ['PolicyRefused', '1.20', 'an exception of the older kind', 'apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: { name: a }'],
  ['ClusterPolicyNamespace', '1.17', 'a namespace from 1.17', named('a', ', namespace: shop')],
  ['PolicyNameTooLong', '1.19', '64 characters', named('a'.repeat(64))],
  ['WebhookSettingTwice', '1.19', 'the timeout at both places', policy(TEAM, 'webhookTimeoutSeconds: 5\nwebhookConfiguration: { timeoutSeconds: 5 }')],
  ['WebhookTimeoutOutOfRange', '1.19', 'no seconds', policy(TEAM, 'webhookTimeoutSeconds: 0')],
  ['GenerateExistingOnPolicyUpdate', '1.19', 'false too', policy(TEAM, 'generateExistingOnPolicyUpdate: false')],
  ['NeverRuns', '1.19', 'a generate rule without admission', policy('- { name: a, match: {}, generate: {} }', 'admission: false')],
  ['OverridesConflict', '1.19', 'a name under both', policy(TEAM, `validationFailureActionOverrides:
  - { action: enforce, namespaces: [shop] }
  - { action: audit, namespaces: [shop] }`)],
  ['MixedActions', '1.18', 'an Audit after an Enforce', policy(`${TEAM}\n${TEAM.replace('Enforce', 'Audit').replace('name: test', 'name: other')}`)],
  ['MissingFailureAction', '1.19', 'no action', policy(TEAM.replace('failureAction: Enforce, ', ''))],
  ['DeprecatedSetting', '1.19', 'an action of the policy', policy(TEAM, 'validationFailureAction: Audit')],
  ['DeprecatedLanguage', '1.17', 'a ClusterPolicy for 1.17', policy(TEAM)],
  ['LowerCaseAction', '1.19', 'a small letter in an override', policy(TEAM, 'validationFailureActionOverrides: [{ action: audit, namespaces: [a] }]')],
  ['AutogenAll', '1.19', 'all', annotated('all')],
  ['AutogenMisspelt', '1.19', 'small letters', annotated('deployment,StatefulSet')],
  ['AutogenMisspelt', '1.19', 'a plural', annotated('Deployments')],
  ['AutogenIncomplete', '1.19', 'one controller', annotated('Deployment')],
  ['AutogenSuppressed', '1.19', 'another kind beside Pod', validate(TEAM_PATTERN, 'Pod, Service')],
  ['AutogenSuppressed', '1.19', 'a kind with its version', validate(TEAM_PATTERN, 'v1/Pod')],
  ['ReservedRuleName', '1.19', 'a name of autogen', policy(TEAM.replace('name: test', 'name: autogen-test'))],
])('%s for Kyverno %s finds %s', (rule, kyverno, _, yaml) => {
  expect(finds(rule, yaml, kyverno)).toBe(true);
});

test.each([
  ['PolicyRefused', '1.19', 'a ClusterPolicy for the last version that takes it', policy(TEAM)],
  ['PolicyRefused', '1.20', 'a Policy of another project', 'apiVersion: config.kio.kasten.io/v1alpha1\nkind: Policy\nmetadata: { name: a }'],
  ['PolicyRefused', '1.20', 'an exception of the new kind', 'apiVersion: policies.kyverno.io/v1\nkind: PolicyException\nmetadata: { name: a }'],
  ['ClusterPolicyNamespace', '1.16', 'a namespace before 1.17', named('a', ', namespace: shop')],
  ['PolicyNameTooLong', '1.19', '63 characters', named('a'.repeat(63))],
  ['PolicyNameTooLong', '1.19', 'a name that a template makes', named(`{{ .Values.${'a'.repeat(60)} }}`)],
  ['WebhookSettingTwice', '1.19', 'each at one place', policy(TEAM, 'webhookTimeoutSeconds: 5\nwebhookConfiguration: { failurePolicy: Fail }')],
  ['WebhookTimeoutOutOfRange', '1.19', 'one second', policy(TEAM, 'webhookTimeoutSeconds: 1')],
  ['NeverRuns', '1.19', 'validate in the background only', policy(TEAM, 'admission: false')],
  ['OverridesConflict', '1.19', 'other namespaces', policy(TEAM, `validationFailureActionOverrides:
  - { action: enforce, namespaces: [shop] }
  - { action: audit, namespaces: [bank, "shop-*"] }`)],
  ['MixedActions', '1.19', 'an Audit after an Enforce, from 1.19', policy(`${TEAM}\n${TEAM.replace('Enforce', 'Audit').replace('name: test', 'name: other')}`)],
  ['MissingFailureAction', '1.19', 'an action of the policy', policy(TEAM.replace('failureAction: Enforce, ', ''), 'validationFailureAction: Audit')],
  ['DeprecatedLanguage', '1.16', 'a ClusterPolicy for 1.16', policy(TEAM)],
  ['AutogenMisspelt', '1.19', 'a controller of another project', annotated('Rollout')],
  ['AutogenIncomplete', '1.19', 'the five in another order', annotated('Deployment,CronJob,DaemonSet,StatefulSet,Job')],
  ['AutogenSuppressed', '1.19', 'controllers by name', validate(TEAM_PATTERN, 'Pod, Deployment')],
  ['AutogenSuppressed', '1.19', 'pods that are meant alone', annotated('none', 'v1/Pod')],
])('%s for Kyverno %s leaves alone %s', (rule, kyverno, _, yaml) => {
  expect(finds(rule, yaml, kyverno)).toBe(false);
});

test('a policy that says everything has nothing but the age of its language', () => {
  expect(findings(policy(TEAM))).toEqual(['DeprecatedLanguage /kind']);
  expect(findings(policy(TEAM), '1.16')).toEqual([]);
});

test('two rules of one name, and neither without a name nor with one that a template makes', () => {
  const twice = (name: string) => policy(`${TEAM}\n${TEAM}`.replaceAll('name: test', `name: "${name}"`));
  expect(findings(twice('test'))).toContain('DuplicateRuleName /spec/rules/1/name');
  expect(finds('DuplicateRuleName', twice(''))).toBe(false);
  expect(finds('DuplicateRuleName', twice('{{ .Values.rule }}'))).toBe(false);
});

test('a Policy stays in its namespace', () => {
  const local = (spec: string) => `apiVersion: kyverno.io/v1\nkind: Policy\nmetadata: { name: a, namespace: shop }\nspec: ${spec}`;
  const target = (namespace: string) => `{ rules: [{ name: a, match: {}, mutate: { targets: [{ kind: Secret, namespace: "${namespace}" }] } }] }`;
  expect(finds('NamespacedPolicyReach', local(target('bank')))).toBe(true);
  expect(finds('NamespacedPolicyReach', local('{ validationFailureActionOverrides: [{ action: Audit, namespaces: [shop] }] }'))).toBe(true);
  expect(finds('NamespacedPolicyReach', local(target('shop')))).toBe(false);
  expect(finds('NamespacedPolicyReach', local(target('{{ request.namespace }}')))).toBe(false);
});

test('a long rule name is cut where Kyverno makes rules of it', () => {
  const long = (kinds: string) => validate(TEAM_PATTERN, kinds).replace('- name: test', `- name: ${'a'.repeat(48)}`);
  expect(finds('RuleNameTruncated', long('Pod'))).toBe(true);
  expect(finds('RuleNameTruncated', long('Service'))).toBe(false);
});
