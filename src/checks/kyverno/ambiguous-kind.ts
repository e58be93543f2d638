import { listed } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';
import { knownKinds } from '../../values/known-kinds';
import { parseKind } from '../../values/kyverno-kind';
import type { ObjectRule } from '../rule';

const BODY = 'pattern: { metadata: { labels: { team: "?*" } } }';

export const ambiguousKind: ObjectRule = {
  id: 'kyverno/AmbiguousKind',
  severity: 'info',
  what: 'A kind without a group, which more than one project has.',
  why: 'Kyverno takes it for the kind of that name in any group: NetworkPolicy for those of Calico too.',
  mend: 'Write group/version/Kind, such as networking.k8s.io/v1/NetworkPolicy.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(validateRule(BODY, 'NetworkPolicy')),
  good: clusterPolicy(validateRule(BODY, 'networking.k8s.io/v1/NetworkPolicy')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { kinds, pointer, place } of rule.filters) {
        for (const [index, text] of kinds.entries()) {
          const selector = place === 'match' ? parseKind(text) : undefined;
          const known = selector?.group === '*' ? knownKinds(selector.kind) : [];
          if (known.length > 1) {
            const groups = known.map(({ group }) => group || 'the core group');
            report({ object, pointer: `${pointer}/resources/kinds/${index}`, found: `${text}, a kind of ${listed(groups)}, in the rule ${rule.name}` });
          }
        }
      }
    }
  },
};
