import { CheckContext } from './check-context';
import { CILIUM_POLICIES } from './cilium/read-policy';
import { CILIUM_RULES } from './cilium/rules';
import type { Located } from './finding';
import { KUBERNETES_RULES } from './kubernetes/rules';
import type { ObjectRule, Rule } from './rule';
import { objectProblems } from './schema/object-problems';
import type { SchemaProblem, SchemaProblemName } from './schema/schema-problem';
import { unknownVersion } from './schema/unknown-version';
import type { Target } from '../target/target';

/** What these find, the agent takes all the same, or a part of it. */
const TAKEN = ['cilium/L7RuleVoided', 'cilium/ConflictingL7Parsers', 'cilium/DenyHasNoL7', 'cilium/ForeignNamespaceSubject'];

/** Fields that clients may have refused or dropped, and the API server drops when it is not asked to be strict. */
const DROPPED: readonly SchemaProblemName[] = ['UnknownField', 'FieldNotInVersion'];
/** What does not keep a policy from its effect. */
const HARMLESS: readonly SchemaProblemName[] = [...DROPPED, 'UnknownTopField', 'DuplicateMergeKey'];

/** Policies without the effect that they seem to have, and why. */
export interface RefusedPolicies {
  /** They have none: the API server does not take them, or takes them and the agents drop them. */
  readonly refused: ReadonlyMap<Located, string>;
  /** They have none where the client asks for strict validation, and one without some fields where it does not. */
  readonly doubtful: ReadonlyMap<Located, string>;
}

export function refusedPolicies(objects: readonly Located[], target: Target): RefusedPolicies {
  const kinds = target.cilium === undefined ? ['NetworkPolicy'] : ['NetworkPolicy', ...CILIUM_POLICIES];
  const policies = objects.filter(({ object: { kind } }) => kinds.includes(kind));
  const [refused, doubtful] = [new Map<Located, string>(), new Map<Located, string>()];
  for (const policy of policies) {
    const problems = schemaProblems(policy, target);
    if (problems.length === 0) continue;
    const refusal = problems.find(({ name }) => !HARMLESS.includes(name));
    const drop = problems.find(({ name }) => DROPPED.includes(name));
    if (refusal) refused.set(policy, textOf(refusal));
    else if (drop) doubtful.set(policy, drop.found);
  }
  const context = new CheckContext(policies, target);
  const rules: readonly Rule[] = [unknownVersion, ...KUBERNETES_RULES, ...target.cilium === undefined ? [] : CILIUM_RULES];
  for (const rule of rules.filter(isRefusal)) {
    for (const policy of policies) {
      if (rule.kinds?.includes(policy.object.kind) === false || refused.has(policy)) continue;
      try {
        rule.checkObject(policy, ({ found }) => {
          refused.set(policy, `${found} (${rule.id})`);
          doubtful.delete(policy);
        }, context);
      } catch {
        // A rule that fails at an object says nothing of it; `guardrails check` tells that it failed.
      }
    }
  }
  return { refused, doubtful };
}

/** What the structure of a policy is wrong about: one walk, and not one for each rule that tells a sort of it. */
function schemaProblems({ object }: Located, target: Target): readonly SchemaProblem[] {
  try {
    return objectProblems(object, target);
  } catch {
    return [];
  }
}

function textOf({ name, pointer, found }: SchemaProblem): string {
  return `${pointer.slice(1)}: ${found} (schema/${name})`;
}

function isRefusal(rule: Rule): rule is ObjectRule {
  return 'checkObject' in rule && rule.severity === 'error' && !TAKEN.includes(rule.id);
}
