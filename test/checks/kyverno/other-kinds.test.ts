import { finds, validate } from './support';

const POLICY = validate('pattern: { metadata: { labels: { team: "?*" } } }', 'Pod');
const exception = (ruleNames: string, kinds = 'Pod', policyName = 'test') => `${POLICY}---
apiVersion: kyverno.io/v2
kind: PolicyException
metadata: { name: legacy, namespace: shop }
spec:
  exceptions: [{ policyName: ${policyName}, ruleNames: ${ruleNames} }]
  match: { any: [{ resources: { kinds: [${kinds}] } }] }
`;
const cel = (kind: string, spec: string, apiVersion = 'policies.kyverno.io/v1') => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\nspec: ${spec}`;

test.each([
  ['a rule that the policy does not have', exception('[tset]')],
  ['a Deployment without the rule made for it', exception('[test]', 'Pod, apps/v1/Deployment')],
])('an exception misses %s', (_, yaml) => {
  expect(finds('ExceptionRuleNames', yaml)).toBe(true);
});

test.each([
  ['a rule of the policy', exception('[test]')],
  ['the rules made for controllers', exception('[test, autogen-test, autogen-cronjob-test]', 'Pod, Deployment, CronJob')],
  ['every rule', exception('["*"]', 'Deployment')],
  ['a policy that lies elsewhere', exception('[anything]', 'Deployment', 'elsewhere')],
])('an exception hits %s', (_, yaml) => {
  expect(finds('ExceptionRuleNames', yaml)).toBe(false);
});

test.each([
  ['CelPolicyMatchesNothing', true, 'no constraints', cel('MutatingPolicy', '{}')],
  ['CelPolicyMatchesNothing', true, 'a namespaced kind', cel('NamespacedValidatingPolicy', '{ matchConstraints: {} }', 'policies.kyverno.io/v1beta1')],
  ['CelPolicyMatchesNothing', false, 'a policy for JSON', cel('ValidatingPolicy', '{ evaluation: { mode: JSON } }')],
  ['CelPolicyMatchesNothing', false, 'a kind of another group', cel('ValidatingPolicy', '{}', 'acme.io/v1')],
  ['CelPolicyNeverRuns', true, 'both off', cel('MutatingPolicy', '{ evaluation: { admission: { enabled: false }, mutateExisting: { enabled: false } } }')],
  ['CelPolicyNeverRuns', false, 'what nobody turned off', cel('MutatingPolicy', '{}')],
])('%s: %s for %s', (rule, expected, _, yaml) => {
  expect(finds(rule, yaml)).toBe(expected);
});

const withoutRules = (kind: string, spec: string, apiVersion = 'kyverno.io/v2') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: shop }\nspec: { match: { any: [{ resources: { kinds: [Pod] } }] }, ${spec} }`;
const excused = (control: string) => withoutRules('PolicyException', `exceptions: [{ policyName: a, ruleNames: [a] }], podSecurity: [{ ${control} }]`);
const byUser = (kind: string, more: string) => withoutRules(kind, more).replace('[Pod] }', '[Pod] }, clusterRoles: [admin]');

test.each([
  ['PodSecurityExclude', true, 'a control of containers without images', excused('controlName: Capabilities')],
  ['PodSecurityExclude', true, 'values alone', excused('controlName: "/proc Mount Type", images: [a], values: [b]')],
  ['PodSecurityExclude', false, 'a control of the pod', excused('controlName: Host Namespaces')],
  ['PodSecurityExclude', false, 'a control of restricted, as no level is said', excused('controlName: Running as Non-root')],
  ['UserInBackground', true, 'an exception', byUser('PolicyException', 'exceptions: []')],
  ['UserInBackground', false, 'an exception without background', byUser('PolicyException', 'background: false')],
  ['UserInBackground', true, 'a cleanup', byUser('ClusterCleanupPolicy', 'schedule: "0 0 * * *"')],
  ['UserInBackground', true, 'what a cleanup leaves out', withoutRules('CleanupPolicy', 'exclude: { any: [{ subjects: [{ kind: User, name: ada }] }] }')],
  ['UserInBackground', false, 'a cleanup by kind', withoutRules('CleanupPolicy', 'schedule: "0 0 * * *"')],
  ['UserInBackground', false, 'a kind of another group', byUser('PolicyException', 'a: 1').replace('kyverno.io/v2', 'acme.io/v1')],
])('%s: %s for %s, where there are no rules', (rule, expected, _, yaml) => {
  expect(finds(rule, yaml)).toBe(expected);
});
