import { wildcardMatches } from '../../values/kyverno-wildcard';
import { asList, asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { isTemplate } from './fields';
import { policyIn } from './policy';
import { clusterPolicy } from './sample';

export const overridesConflict: ObjectRule = {
  id: 'kyverno/OverridesConflict',
  severity: 'error',
  what: 'The overrides of the failure action put one namespace under Audit and under Enforce.',
  why: 'Nobody could say what holds there, and the webhook refuses the policy.',
  mend: 'Name the namespaces so that no name or wildcard of one action matches one of the other.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#failure-action-overrides',
  bad: clusterPolicy(sample('shop-*')),
  good: clusterPolicy(sample('bank-*')),
  kinds: ['ClusterPolicy'],
  checkObject(object, report) {
    const policy = policyIn(object);
    const places: [unknown, string][] = [
      [policy?.spec.validationFailureActionOverrides, '/spec/validationFailureActionOverrides'],
      ...(policy?.rules ?? []).map((rule): [unknown, string] => [rule.validate.failureActionOverrides, rule.at('validate', 'failureActionOverrides')]),
    ];
    for (const [overrides, pointer] of places) {
      const conflict = firstConflict(namespacesUnder(overrides, 'audit'), namespacesUnder(overrides, 'enforce'));
      if (conflict) report({ object, pointer, found: `${conflict[0]} under Audit and ${conflict[1]} under Enforce` });
    }
  },
};

function namespacesUnder(overrides: unknown, action: string): string[] {
  if (overrides === undefined) return [];
  return asList(overrides)
    .filter(override => asString(asObject(override)?.action)?.toLowerCase() === action)
    .flatMap(override => asList(asObject(override)?.namespaces))
    .filter(namespace => typeof namespace === 'string' && !isTemplate(namespace)) as string[];
}

function firstConflict(audited: string[], enforced: string[]): [string, string] | undefined {
  const exact = new Set(enforced);
  for (const namespace of audited) {
    if (exact.has(namespace)) return [namespace, namespace];
    const other = enforced.find(name => wildcardMatches(name, namespace) || wildcardMatches(namespace, name));
    if (other !== undefined) return [namespace, other];
  }
  return undefined;
}

function sample(audited: string): string {
  return `
- name: team
  match: { any: [{ resources: { kinds: [Deployment] } }] }
  validate:
    failureAction: Enforce
    failureActionOverrides:
      - { action: Enforce, namespaces: [shop-prod] }
      - { action: Audit, namespaces: ["${audited}"] }
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }
`;
}
