import { autogenAnnotation, CONTROLLERS, whyNoAutogen } from './autogen';
import { POLICY_KINDS, policyIn } from './policy';
import { clusterPolicy } from './sample';
import { parseKind } from '../../values/kyverno-kind';
import type { ObjectRule } from '../rule';

export const autogenSuppressed: ObjectRule = {
  id: 'kyverno/AutogenSuppressed',
  severity: 'info',
  what: 'Kyverno makes no rules for Deployments and the like from a policy about pods.',
  why: 'A Deployment with a pod that is refused is accepted, and its pods never come up. One rule is enough to turn it off for all.',
  mend: 'Write the kind as `Pod` alone, select with namespaces or preconditions, or move the rule; say `none` in the annotation where it is meant.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/autogen/',
  bad: clusterPolicy(sample('kinds: [Pod], selector: { matchLabels: { tier: web } }')),
  good: clusterPolicy(sample('kinds: [Pod], namespaces: [shop]')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    const policy = policyIn(object);
    if (!policy || autogenAnnotation(policy) !== undefined) return;
    const rules = policy.rules.filter(rule => rule.has('validate') || rule.has('mutate'));
    const kinds = new Set(policy.rules.flatMap(rule => rule.kinds).map(kind => parseKind(kind)?.kind));
    if (CONTROLLERS.some(controller => kinds.has(controller))) return;
    // Kyverno knows `Pod` for the kind of pods, and neither `v1/Pod` nor `*/Pod`.
    const versioned = rules.flatMap(rule => rule.kinds).find(kind => kind.endsWith('/Pod'));
    const isForPods = rules.some(rule => rule.kinds.includes('Pod'));
    const why = isForPods ? whyNoAutogen(policy) : versioned && `the kind written as ${versioned}`;
    if (why) report({ object, pointer: '/spec/rules', found: `no rules for controllers, for ${why}` });
  },
};

function sample(resources: string): string {
  return `
- name: team
  match: { any: [{ resources: { ${resources} } }] }
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }`;
}
