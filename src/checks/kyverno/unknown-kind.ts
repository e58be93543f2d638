import { kindLike, knownKinds, knowsGroup } from '../../values/known-kinds';
import { parseKind } from '../../values/kyverno-kind';
import type { CheckContext } from '../check-context';
import { asObject, asString } from '../read';
import type { Hit, ObjectRule } from '../rule';
import { isTemplate } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const BODY = 'pattern: { metadata: { labels: { team: "?*" } } }';

export const unknownKind: ObjectRule = {
  id: 'kyverno/UnknownKind',
  severity: 'warning',
  what: 'match or exclude names a kind that nobody knows.',
  why: 'From 1.14 Kyverno accepts a misspelt kind with a warning that no pipeline shows, looks at nothing further in the policy, and never applies the rule.',
  mend: 'Mend the name; for a CRD that is installed elsewhere write group/version/Kind, or check its definition along.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(validateRule(BODY, 'Deploymnet')),
  good: clusterPolicy(validateRule(BODY, 'Deployment')),
  kinds: POLICY_KINDS,
  checkObject(object, report, context) {
    for (const rule of rulesIn(object)) {
      for (const { kinds, pointer } of rule.filters) {
        for (const [index, kind] of kinds.entries()) {
          if (isKnown(kind, context)) continue;
          const like = kindLike(kind.split(/[/.]/).pop() ?? '');
          const hit: Hit = { object, pointer: `${pointer}/resources/kinds/${index}`, found: `the kind ${kind} in the rule ${rule.name}` };
          report(like ? { ...hit, mend: `Write ${like}, if that is meant; for a CRD that is installed elsewhere write group/version/Kind.` } : hit);
        }
      }
    }
  },
};

function isKnown(text: string, context: CheckContext): boolean {
  if (text.includes('*') || isTemplate(text)) return true;
  const selector = parseKind(text);
  if (!selector) return false;
  const { group, kind } = selector;
  if (kindsOfSet(context).has(kind)) return true;
  const groups = knownKinds(kind);
  if (group === '*') return groups.length > 0;
  return groups.some(known => known.group === group) || !knowsGroup(group);
}

const KINDS_OF_SET = new WeakMap<CheckContext, Set<string>>();

/** The kinds that the CRDs beside the policy define, and those of the objects beside it. */
function kindsOfSet(context: CheckContext): Set<string> {
  const known = KINDS_OF_SET.get(context);
  if (known) return known;
  const kinds = new Set<string>();
  for (const { object } of context.objects) kinds.add(object.kind);
  for (const { object } of context.ofKind('CustomResourceDefinition')) {
    const kind = asString(asObject(asObject(object.spec)?.names)?.kind);
    if (kind !== undefined) kinds.add(kind);
  }
  KINDS_OF_SET.set(context, kinds);
  return kinds;
}
