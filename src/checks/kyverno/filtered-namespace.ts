import { asList } from '../read';
import type { ObjectRule } from '../rule';
import { listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

/** What Kyverno's own filters drop before a rule sees it. */
const FILTERED: readonly unknown[] = ['kube-system', 'kube-public', 'kube-node-lease', 'kyverno'];

export const filteredNamespace: ObjectRule = {
  id: 'kyverno/FilteredNamespace',
  severity: 'warning',
  what: 'A rule is for namespaces that Kyverno never looks at.',
  why: 'Its webhooks leave out kube-system and its own namespace, and its filters kube-public and kube-node-lease, unless the chart is told otherwise.',
  mend: 'Change the namespaceSelector of the webhooks and the resourceFilters in the chart\'s values, or drop the rule.',
  link: 'https://kyverno.io/docs/installation/customization/#resource-filters',
  bad: clusterPolicy(sample('kube-system')),
  good: clusterPolicy(sample('shop')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { place, resources, pointer } of rule.filters) {
        const namespaces = asList(resources.namespaces);
        if (place === 'match' && namespaces.length > 0 && namespaces.every(namespace => FILTERED.includes(namespace))) {
          report({ object, pointer: `${pointer}/resources/namespaces`, found: `${listed(namespaces.map(String))} alone in the rule ${rule.name}` });
        }
      }
    }
  },
};

function sample(namespace: string): string {
  return `
- name: team
  match: { any: [{ resources: { kinds: [Deployment], namespaces: [${namespace}] } }] }
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }`;
}
