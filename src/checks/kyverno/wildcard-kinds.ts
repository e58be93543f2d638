import { asList, asObject } from '../read';
import type { ObjectRule } from '../rule';
import type { Policy } from './policy';
import { POLICY_KINDS, policyIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { clusterPolicy } from './sample';

export const wildcardKinds: ObjectRule = {
  id: 'kyverno/WildcardKinds',
  severity: 'error',
  what: 'A rule for the kind `*` does what it may only do for named kinds.',
  why: 'It sees every request, and knows of the objects only that they have metadata; the webhook refuses more.',
  mend: 'Name the kinds; or set `background: false`, keep `*` alone in its list, and look at metadata only.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(sample()),
  good: clusterPolicy(sample(), 'background: false'),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    for (const rule of policy?.rules ?? []) {
      // Kyverno asks for the very kind `*`; `*/*` and `*/scale` it looks up like any other.
      const wild = rule.filters.find(({ kinds }) => kinds.includes('*'));
      const wrong = wild && (wild.kinds.length > 1 ? 'the kind `*` beside others' : problemOf(policy!, rule));
      if (wrong) report({ object, pointer: `${wild.pointer}/resources/kinds`, found: `${wrong} in the rule ${rule.name}` });
    }
  },
};

function problemOf(policy: Policy, rule: PolicyRule): string | undefined {
  if (policy.background) return 'the kind `*` with `background: true`, which is the default,';
  if (rule.has('generate')) return 'the kind `*` with generate';
  if (rule.has('verifyImages')) return 'the kind `*` with verifyImages';
  if (rule.validate.foreach !== undefined) return 'the kind `*` with foreach';
  const shapes = [rule.validate.pattern, ...asList(rule.validate.anyPattern), rule.mutate.patchStrategicMerge];
  const field = shapes.flatMap(shape => Object.keys(asObject(shape) ?? {})).find(key => key !== 'metadata');
  return field === undefined ? undefined : `the kind \`*\` with the field ${field}`;
}

function sample(): string {
  return `
- name: team
  match: { any: [{ resources: { kinds: ["*"], operations: [CREATE, UPDATE], namespaces: [shop] } }] }
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }
`;
}
