import { Dict } from './json';
import { atLeast } from './version';
import { conditionProblems } from './webhook/conditions';
import { generateProblems } from './webhook/generate';
import { matchProblems } from './webhook/match-blocks';
import { mutateProblems } from './webhook/mutate';
import { policyProblems } from './webhook/policy-wide';
import { ruleProblems } from './webhook/rule-shape';
import { structureProblems } from './webhook/structure';
import { validateProblems } from './webhook/validate';
import { variableProblems } from './webhook/variables';

/**
 * Why the API server or Kyverno's webhook would refuse a ClusterPolicy, as far as that can be known without a cluster: not checked are CEL,
 * discovery of kinds, RBAC, updates against the stored policy, and image verification beyond its place in a rule.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/
 */
export function webhookProblems(policy: any, kyvernoVersion = '1.19'): string[] {
  if (atLeast(kyvernoVersion, '1.20')) {
    return [`Kyverno ${kyvernoVersion} refuses ClusterPolicy: use the kinds of policies.kyverno.io`];
  }
  const structure = structureProblems(policy, kyvernoVersion);
  // As in a cluster, the webhook only gets to see what the schema lets through.
  return structure.length > 0 ? structure : [
    policyProblems, ruleProblems, matchProblems, variableProblems, conditionProblems, validateProblems, mutateProblems, generateProblems,
  ].flatMap((problems: (policy: Dict, kyvernoVersion: string) => string[]) => problems(policy, kyvernoVersion));
}
