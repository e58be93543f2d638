import { CILIUM_POLICIES } from './read-policy';
import { CILIUM_RULES } from './rules';
import type { Target } from '../../target/target';
import { check } from '../check';
import type { Located } from '../finding';

/** What these find, the agent takes all the same, or a part of it. */
const TAKEN = ['cilium/L7RuleVoided', 'cilium/ConflictingL7Parsers', 'cilium/DenyHasNoL7', 'cilium/ForeignNamespaceSubject'];
const REFUSALS = CILIUM_RULES.filter(({ id, severity }) => severity === 'error' && !TAKEN.includes(id));

/** Policies that the agents of a target drop as a whole, though the API server takes them, and why: they have no effect. */
export function refusedPolicies(objects: readonly Located[], target: Target): Map<Located, string> {
  if (target.cilium === undefined) return new Map();
  const policies = objects.filter(({ object: { kind } }) => CILIUM_POLICIES.includes(kind));
  const findings = check(policies, target, REFUSALS);
  return new Map(findings.map(({ object, id, found }) => [object, `${found} (${id})`]));
}
