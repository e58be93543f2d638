import { asList, asObject } from '../read';
import { jsonOf } from './fields';
import type { ObjectRule } from '../rule';
import { POLICY_KINDS, rulesIn } from './policy';
import type { PolicyRule } from './policy-rule';
import { clusterPolicy } from './sample';

export const excludeCancelsMatch: ObjectRule = {
  id: 'kyverno/ExcludeCancelsMatch',
  severity: 'error',
  what: 'The exclude of a rule has a filter that its match has too.',
  why: 'Nothing of that filter is left, and the webhook refuses the policy.',
  mend: 'Narrow the filter of exclude, or drop it from both.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(sample('{ kinds: [Deployment] }')),
  good: clusterPolicy(sample('{ kinds: [Deployment], namespaces: [shop] }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const index = cancelling(rule);
      if (index !== undefined) {
        report({ object, pointer: rule.at('exclude', 'any', index), found: `a filter of exclude that match has too, in the rule ${rule.name}` });
      }
    }
  },
};

/** Kyverno compares the filters of two `any` lists as they are; blocks with `all` it does not compare. */
function cancelling({ fields }: PolicyRule): number | undefined {
  const match = asObject(fields.match);
  const exclude = asObject(fields.exclude);
  if (match?.all !== undefined || exclude?.all !== undefined) return undefined;
  const excluded = asList(exclude?.any).map(canonical);
  if (excluded.length === 0) return undefined;
  const matched = new Set(asList(match?.any).map(canonical));
  const index = excluded.findIndex(filter => filter !== undefined && matched.has(filter));
  return index < 0 ? undefined : index;
}

function canonical(filter: unknown): string | undefined {
  return jsonOf(filter, (_key, part) => {
    const fields = asObject(part);
    return fields ? Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))) : part;
  });
}

function sample(excluded: string): string {
  return `
- name: team
  match: { any: [{ resources: { kinds: [Deployment] } }] }
  exclude: { any: [{ resources: ${excluded} }] }
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }
`;
}
