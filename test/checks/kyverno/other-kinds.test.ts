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
