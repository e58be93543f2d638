import { check } from './check';
import { CILIUM_POLICIES } from './cilium/read-policy';
import { CILIUM_RULES } from './cilium/rules';
import type { Located } from './finding';
import { KUBERNETES_RULES } from './kubernetes/rules';
import type { Target } from '../target/target';

/** What these find, the agent takes all the same, or a part of it. */
const TAKEN = ['cilium/L7RuleVoided', 'cilium/ConflictingL7Parsers', 'cilium/DenyHasNoL7', 'cilium/ForeignNamespaceSubject'];
const BY_AGENTS = CILIUM_RULES.filter(({ id, severity }) => severity === 'error' && !TAKEN.includes(id));
const BY_API_SERVER = KUBERNETES_RULES.filter(({ severity }) => severity === 'error');

/** Policies that have no effect, and why: the API server does not take them, or takes them and the agents drop them. */
export function refusedPolicies(objects: readonly Located[], target: Target): Map<Located, string> {
  const policies = objects.filter(({ object: { kind } }) => kind === 'NetworkPolicy' || CILIUM_POLICIES.includes(kind));
  const findings = check(policies, target, target.cilium === undefined ? BY_API_SERVER : [...BY_API_SERVER, ...BY_AGENTS]);
  return new Map(findings.map(({ object, id, found }) => [object, `${found} (${id})`]));
}
