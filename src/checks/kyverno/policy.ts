import { type Fields } from './fields';
import { PolicyRule } from './policy-rule';
import type { Located } from '../finding';
import { asList, asObject, asString } from '../read';

/** The kinds that hold rules of Kyverno's older language. */
export const POLICY_KINDS: readonly string[] = ['ClusterPolicy', 'Policy'];

/** A ClusterPolicy or Policy, read once for all rules that look at it. */
export interface Policy {
  readonly located: Located;
  readonly spec: Fields;
  readonly annotations: Fields;
  /** Whether objects are judged in the background too, where nobody makes a request; true unless turned off. */
  readonly background: boolean;
  readonly rules: readonly PolicyRule[];
}

const POLICIES = new WeakMap<Located, Policy>();

/** The policy in an object; nothing where the kind belongs to another project, such as Gatekeeper's or Istio's. */
export function policyIn(located: Located): Policy | undefined {
  const known = POLICIES.get(located);
  if (known) return known;
  if (!asString(located.object.apiVersion)?.startsWith('kyverno.io/') || !POLICY_KINDS.includes(located.object.kind)) return undefined;
  const policy = read(located);
  POLICIES.set(located, policy);
  return policy;
}

/** The rules of a policy; none where the object is no policy of Kyverno. */
export function rulesIn(located: Located): readonly PolicyRule[] {
  return policyIn(located)?.rules ?? [];
}

function read(located: Located): Policy {
  const spec = asObject(located.object.spec) ?? {};
  const background = spec.background !== false;
  return {
    located,
    spec,
    annotations: asObject(asObject(located.object.metadata)?.annotations) ?? {},
    background,
    rules: asList(spec.rules).flatMap((rule, index) => {
      const fields = asObject(rule);
      return fields ? [new PolicyRule(fields, index, spec)] : [];
    }),
  };
}
