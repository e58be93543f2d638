import type { ObjectRule } from '../rule';
import { type Fields, isGiven, listed } from './fields';
import type { Foreach } from './foreach';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const FORMS: Record<string, readonly string[]> = {
  validate: ['pattern', 'anyPattern', 'deny', 'foreach'],
  mutate: ['patchStrategicMerge', 'patchesJson6902', 'foreach'],
};

export const foreachShape: ObjectRule = {
  id: 'kyverno/ForeachShape',
  severity: 'error',
  what: 'An entry of a foreach does not say what to go through, or not exactly one thing to do.',
  why: 'The webhook refuses the policy.',
  mend: 'Give it a `list` and one check or patch; an entry that holds another foreach holds nothing else but `list` and `order`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#foreach',
  bad: clusterPolicy(validateRule('foreach: [{ list: request.object.spec.template.spec.containers }]')),
  good: clusterPolicy(validateRule('foreach: [{ list: request.object.spec.template.spec.containers, pattern: { image: "ghcr.io/acme/*" } }]')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const entry of rule.foreach) {
        const found = problemOf(entry);
        if (found) report({ object, pointer: entry.pointer, found: `${found} in the rule ${rule.name}` });
      }
    }
  },
};

function problemOf({ of, fields }: Foreach): string | undefined {
  const forms = FORMS[of];
  if (!forms) return undefined;
  if (of === 'validate' && !fields.list) return 'an entry without a list';
  const given = forms.filter(form => isGiven(fields[form]));
  if (given.length !== 1) return `an entry with ${listed(given) || `none of ${listed(forms)}`}`;
  return of === 'mutate' ? besideForeach(fields) : undefined;
}

function besideForeach(fields: Fields): string | undefined {
  const beside = ['context', 'preconditions'].filter(field => isGiven(fields[field]));
  return isGiven(fields.foreach) && beside.length > 0 ? `${listed(beside)} beside a foreach` : undefined;
}
