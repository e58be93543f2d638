import { asObject } from '../read';
import type { ObjectRule } from '../rule';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

export const matchWithoutKinds: ObjectRule = {
  id: 'kyverno/MatchWithoutKinds',
  severity: 'error',
  what: 'A filter of match names no kind.',
  why: 'Kyverno asks the API server for the kinds it wants to see, so the webhook refuses a filter without any.',
  mend: 'Name the kinds, as in `resources: { kinds: [Pod] }`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(sample('{ namespaces: [shop] }')),
  good: clusterPolicy(sample('{ kinds: [Deployment], namespaces: [shop] }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      if (!asObject(rule.fields.match)) continue; // the schema asks for it
      const filters = rule.filters.filter(({ place }) => place === 'match');
      // Kyverno looks at the older form only where there is no list.
      const listed = filters.filter(({ list }) => list !== undefined);
      const judged = listed.length > 0 ? listed : filters;
      if (judged.length === 0) report({ object, pointer: rule.at('match'), found: `no filter in match of the rule ${rule.name}` });
      for (const { kinds, pointer } of judged) {
        if (kinds.length === 0) report({ object, pointer: `${pointer}/resources`, found: `a filter without kinds in the rule ${rule.name}` });
      }
    }
  },
};

function sample(resources: string): string {
  return `
- name: team
  match: { any: [{ resources: ${resources} }] }
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }
`;
}
