import { hasWildcard } from '../../values/kyverno-wildcard';
import { labelKeyProblem } from '../../values/labels';
import { asList, asObject, asString } from '../read';
import type { ObjectRule } from '../rule';
import { type Fields, isGiven, isTemplate, spotsIn } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy } from './sample';

export const selectorRefused: ObjectRule = {
  id: 'kyverno/SelectorRefused',
  severity: 'error',
  what: 'The selector of a filter is empty, or is no label selector.',
  why: 'An empty selector selects everything, which nobody writes one for, and Kyverno refuses both.',
  mend: 'Write a label or an expression that Kubernetes takes; leave `selector` out where every object is meant.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/',
  bad: clusterPolicy(sample('{}')),
  good: clusterPolicy(sample('{ matchLabels: { tier: web } }')),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      for (const { resources, pointer } of rule.filters) {
        const selector = asObject(resources.selector);
        const wrong = selector && selectorProblem(selector);
        if (wrong) report({ object, pointer: `${pointer}/resources/selector`, found: `${wrong} in the rule ${rule.name}` });
      }
    }
  },
};

function selectorProblem(selector: Fields): string | undefined {
  const labels = Object.keys(asObject(selector.matchLabels) ?? {});
  const expressions = asList(selector.matchExpressions);
  if (labels.length + expressions.length === 0) return 'an empty selector';
  // With wildcards in it Kyverno reads the selector in its own way and checks nothing.
  if (spotsIn(selector, '', (key, value) => isWild(key) || isWild(value)).length > 0) return undefined;
  const key = labels.find(label => labelKeyProblem(label));
  if (key !== undefined) return `the label ${key}`;
  for (const expression of expressions) {
    const { operator, values } = asObject(expression) ?? {};
    const name = asString(operator) ?? '';
    if (['In', 'NotIn'].includes(name) !== isGiven(values) && ['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(name)) {
      return `${name} ${isGiven(values) ? 'with' : 'without'} values`;
    }
  }
  return undefined;
}

function isWild(text: unknown): boolean {
  return typeof text === 'string' && (hasWildcard(text) || isTemplate(text));
}

function sample(selector: string): string {
  return `
- name: team
  match: { any: [{ resources: { kinds: [Deployment], selector: ${selector} } }] }
  validate:
    failureAction: Enforce
    message: A team is missing.
    pattern: { metadata: { labels: { team: "?*" } } }
`;
}
