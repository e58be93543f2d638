import type { ObjectRule } from '../rule';
import { isGiven } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

export const namespaceSelectorOnNamespace: ObjectRule = {
  id: 'kyverno/NamespaceSelectorOnNamespace',
  severity: 'warning',
  what: 'A filter for Namespaces has a namespaceSelector.',
  why: 'It looks at the namespace that an object lies in, so it never matches a Namespace.',
  mend: 'Select Namespaces by their own labels, with `selector`, in a filter of their own.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(sample('namespaceSelector')),
  good: clusterPolicy(sample('selector')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { kinds, resources, pointer } of rule.filters) {
        if (isGiven(resources.namespaceSelector) && kinds.some(kind => /(^|\/)Namespace$/.test(kind))) {
          report({ object, pointer: `${pointer}/resources/namespaceSelector`, found: `a namespaceSelector for Namespace in the rule ${rule.name}` });
        }
      }
    }
  },
};

function sample(selector: string): string {
  return `
- name: sample
  match: { any: [{ resources: { kinds: [Namespace], ${selector}: { matchLabels: { team: shop } } } }] }
  validate:
    failureAction: Enforce
    message: A namespace has an owner.
    pattern: { metadata: { annotations: { owner: "?*" } } }`;
}
