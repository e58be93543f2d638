import { asObject } from '../read';
import type { ObjectRule } from '../rule';
import { isGiven, listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

export const matchMixesForms: ObjectRule = {
  id: 'kyverno/MatchMixesForms',
  severity: 'error',
  what: 'A match or exclude has any beside all, or one of them beside resources.',
  why: 'It could be read in two ways, and the webhook refuses the policy.',
  mend: 'Keep `any` or `all`, and put everything else into its filters.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(sample('any: [{ resources: { kinds: [Deployment] } }], resources: { kinds: [StatefulSet] }')),
  good: clusterPolicy(sample('any: [{ resources: { kinds: [Deployment] } }, { resources: { kinds: [StatefulSet] } }]')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const place of ['match', 'exclude']) {
        const block = asObject(rule.fields[place]) ?? {};
        const given = ['any', 'all'].filter(list => isGiven(block[list]));
        if (given.length > 0 && Object.keys(asObject(block.resources) ?? {}).length > 0) given.push('resources');
        if (given.length > 1) report({ object, pointer: rule.at(place), found: `${listed(given)} in ${place} of the rule ${rule.name}` });
      }
    }
  },
};

function sample(match: string): string {
  return `
- name: team
  match: { ${match} }
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }
`;
}
