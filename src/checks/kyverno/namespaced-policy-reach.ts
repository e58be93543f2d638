import { asList, asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { isGiven, isTemplate } from './fields';
import { policyIn } from './policy';

export const namespacedPolicyReach: ObjectRule = {
  id: 'kyverno/NamespacedPolicyReach',
  severity: 'error',
  what: 'A Policy reaches for another namespace.',
  why: 'A Policy holds in its own namespace only: the webhook takes no overrides by namespace and no mutate targets elsewhere.',
  mend: 'Stay in the namespace of the Policy, or make it a ClusterPolicy.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/policy-settings/',
  bad: sample('bank'),
  good: sample('shop'),
  kinds: ['Policy'],
  checkObject(object, report) {
    const policy = policyIn(object);
    const own = asString(asObject(object.object.metadata)?.namespace);
    if (!policy) return;
    if (isGiven(policy.spec.validationFailureActionOverrides)) {
      report({ object, pointer: '/spec/validationFailureActionOverrides', found: 'overrides by namespace in a Policy' });
    }
    for (const rule of policy.rules) {
      for (const [index, target] of asList(rule.mutate.targets).entries()) {
        const namespace = asString(asObject(target)?.namespace);
        if (own && namespace && namespace !== own && !isTemplate(namespace) && !isTemplate(own)) {
          report({ object, pointer: rule.at('mutate', 'targets', index, 'namespace'), found: `a target in ${namespace}, for a Policy in ${own}` });
        }
      }
    }
  },
};

function sample(namespace: string): string {
  return `
apiVersion: kyverno.io/v1
kind: Policy
metadata: { name: sample, namespace: shop }
spec:
  rules:
    - name: label
      match: { any: [{ resources: { kinds: [ConfigMap] } }] }
      mutate:
        targets: [{ apiVersion: v1, kind: Secret, name: pull, namespace: ${namespace} }]
        patchStrategicMerge: { metadata: { labels: { team: shop } } }
`;
}
