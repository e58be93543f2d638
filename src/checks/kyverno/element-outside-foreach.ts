import type { ObjectRule } from '../rule';
import { shown } from './fields';
import { POLICY_KINDS, rulesIn } from './policy';
import { clusterPolicy, validateRule } from './sample';

const FOREACH = `
foreach:
  - list: request.object.spec.template.spec.containers
    deny: { conditions: { any: [{ key: "{{ element.image }}", operator: Equals, value: "*:latest" }] } }`;

export const elementOutsideForeach: ObjectRule = {
  id: 'kyverno/ElementOutsideForeach',
  severity: 'error',
  what: '`element` or `elementIndex` outside a foreach.',
  why: 'Only a foreach gives them a value, and the webhook refuses them elsewhere.',
  mend: 'Move it into a foreach, or start from `request.object`.',
  link: 'https://kyverno.io/docs/policy-types/cluster-policy/validate/#foreach',
  bad: clusterPolicy(validateRule('deny: { conditions: { any: [{ key: "{{ element.image }}", operator: Equals, value: "*:latest" }] } }')),
  good: clusterPolicy(validateRule(FOREACH)),
  kinds: POLICY_KINDS,
  checkObject(object, report) {
    for (const rule of rulesIn(object)) {
      const outside = rule.variables.find(({ expression, pointer }) => /^element(Index)?\b/.test(expression) && !pointer.includes('/foreach/'));
      if (outside) report({ object, pointer: outside.pointer, found: `{{ ${shown(outside.expression)} }} in the rule ${rule.name}` });
    }
  },
};
