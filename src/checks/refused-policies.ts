import { CheckContext } from './check-context';
import { CILIUM_POLICIES } from './cilium/read-policy';
import { CILIUM_RULES } from './cilium/rules';
import type { Located } from './finding';
import { KUBERNETES_RULES } from './kubernetes/rules';
import type { ObjectRule, Rule } from './rule';
import type { Target } from '../target/target';

/** What these find, the agent takes all the same, or a part of it. */
const TAKEN = ['cilium/L7RuleVoided', 'cilium/ConflictingL7Parsers', 'cilium/DenyHasNoL7', 'cilium/ForeignNamespaceSubject'];
const POLICIES = ['NetworkPolicy', ...CILIUM_POLICIES];

/** Policies that have no effect, and why: the API server does not take them, or takes them and the agents drop them. */
export function refusedPolicies(objects: readonly Located[], target: Target): Map<Located, string> {
  const policies = objects.filter(({ object: { kind } }) => POLICIES.includes(kind));
  const context = new CheckContext(policies, target);
  const rules = target.cilium === undefined ? KUBERNETES_RULES : [...KUBERNETES_RULES, ...CILIUM_RULES];
  const refused = new Map<Located, string>();
  for (const rule of rules.filter(isRefusal)) {
    for (const policy of policies) {
      if (rule.kinds?.includes(policy.object.kind) === false || refused.has(policy)) continue;
      try {
        rule.checkObject(policy, ({ found }) => refused.set(policy, `${found} (${rule.id})`), context);
      } catch {
        // A rule that fails at an object says nothing of it; `guardrails check` tells that it failed.
      }
    }
  }
  return refused;
}

function isRefusal(rule: Rule): rule is ObjectRule {
  return 'checkObject' in rule && rule.severity === 'error' && !TAKEN.includes(rule.id);
}
